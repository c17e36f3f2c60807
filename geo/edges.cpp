#include "geo/edges.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <span>
#include <tuple>

namespace kordon::geo {
namespace {

/// Below this an edge needs no cutting: the cubic term of its curve is under a micrometre away from the poles.
constexpr double short_edge_m = 1000;
constexpr double near_pole_deg = 85;

/// Cosine of the turn from which on a bend's side is left to angles.
constexpr double sharp_turn = -0.99;

LonLat between(LonLat a, LonLat b, double t) {
  return {a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)};
}

Vec3 bulge_of(LonLat from, LonLat to, Vec3 a, Vec3 b) { return 4 * (to_ecef(between(from, to, 0.5)) - 0.5 * (a + b)); }

double curve_miss_m(LonLat from, LonLat to) {
  const auto a = to_ecef(from);
  const auto b = to_ecef(to);
  const auto s = bulge_of(from, to, a, b);
  double worst = 0;
  for (const double t : {0.2, 0.8}) {
    worst = std::max(worst, length(to_ecef(between(from, to, t)) - (a + t * (b - a) + (t * (1 - t)) * s)));
  }
  return worst;
}

/// Into how many equal parts an edge has to be cut. The miss falls with the cube of the length of a part.
std::size_t parts_of(LonLat from, LonLat to) {
  if (length(to_ecef(to) - to_ecef(from)) < short_edge_m && std::abs(from.lat_deg) < near_pole_deg &&
      std::abs(to.lon_deg - from.lon_deg) < 90) {
    return 1;
  }
  const auto good = [&](std::size_t parts) {
    const double step = 1.0 / static_cast<double>(parts);
    for (std::size_t i = 0; i < parts; ++i) {
      const double t = static_cast<double>(i) * step;
      const auto a = between(from, to, t);
      const auto b = between(from, to, t + step);
      if (std::abs(b.lon_deg - a.lon_deg) > 10 || curve_miss_m(a, b) > curve_error_m) return false;
    }
    return true;
  };
  std::size_t parts = 1;
  while (!good(parts) && parts < (1U << 16U)) parts *= 2;
  return parts;
}

template <typename T>
using Growing = std::vector<T>;
using Arrays = EdgeArrays<Growing>;

class Builder {
 public:
  explicit Builder(const Atlas& atlas) : atlas_(atlas) {}

  void add(const Arc& arc) {
    const auto owner = owner_number(arc);
    const auto first = static_cast<Edge>(edges_.place.size());
    add_vertex(arc.line.front(), owner);
    for (std::size_t i = 0; i + 1 < arc.line.size(); ++i) {
      const auto parts = parts_of(arc.line[i], arc.line[i + 1]);
      for (std::size_t k = 1; k < parts; ++k) {
        add_vertex(between(arc.line[i], arc.line[i + 1], static_cast<double>(k) / static_cast<double>(parts)), owner);
      }
      add_vertex(arc.line[i + 1], owner);
    }
    edges_.arcs.push_back({first, static_cast<Edge>(edges_.place.size() - 1)});
  }

  Arrays finish() {
    vertices_ = edges_.place.size();
    const auto extend = [&](auto&... arrays) { (arrays.resize(vertices_ + lane_count), ...); };
    extend(edges_.x, edges_.y, edges_.z, edges_.inverse_d2, edges_.place, edges_.tag);
    extend(edges_.sx, edges_.sy, edges_.sz, edges_.lx, edges_.ly, edges_.lz);
    fit_bulges();
    mark_junctions();
    point_left();
    return std::move(edges_);
  }

 private:
  void add_vertex(LonLat place, std::uint32_t owner) {
    const auto p = to_ecef(place);
    edges_.place.push_back(place);
    edges_.x.push_back(p.x);
    edges_.y.push_back(p.y);
    edges_.z.push_back(p.z);
    edges_.tag.push_back(owner);
  }

  std::uint32_t owner_number(const Arc& arc) {
    const auto [it, added] =
        numbers_.try_emplace(std::pair{arc.left, arc.right}, static_cast<std::uint32_t>(numbers_.size()));
    if (!added) return it->second;
    std::vector<Target> borders;
    for (std::size_t b = 0; b < atlas_.borders.size(); ++b) {
      const auto& border = atlas_.borders[b];
      const auto between_them = [&](const auto& one, const auto& other) {
        return std::ranges::binary_search(one, border.first) && std::ranges::binary_search(other, border.second);
      };
      if (between_them(arc.left, arc.right) || between_them(arc.right, arc.left)) {
        borders.push_back(static_cast<Target>(atlas_.regions.size() + b));
      }
    }
    for (const auto size : {arc.left.size(), arc.right.size(), borders.size()}) {
      edges_.sets.push_back(static_cast<std::uint32_t>(size));
    }
    for (const auto region : arc.left) edges_.sets.push_back(static_cast<Target>(region));
    for (const auto region : arc.right) edges_.sets.push_back(static_cast<Target>(region));
    edges_.sets.insert(edges_.sets.end(), borders.begin(), borders.end());
    return it->second;
  }

  void fit_bulges() {
    for (const auto& [begin, end] : edges_.arcs) {
      for (auto i = begin; i < end; ++i) {
        const auto s = bulge_of(edges_.place[i], edges_.place[i + 1], edges_.vertex(i), edges_.vertex(i + 1));
        const double d2 = length2(edges_.vertex(i + 1) - edges_.vertex(i));
        edges_.inverse_d2[i] = d2 > 0 ? 1 / d2 : 0;
        edges_.sx[i] = static_cast<float>(s.x);
        edges_.sy[i] = static_cast<float>(s.y);
        edges_.sz[i] = static_cast<float>(s.z);
      }
    }
  }

  void mark_junctions() {
    std::vector<Edge> order(vertices_);
    for (Edge i = 0; i < order.size(); ++i) order[i] = i;
    const auto key = [this](Edge i) { return std::tuple{edges_.x[i], edges_.y[i], edges_.z[i]}; };
    std::ranges::sort(order, {}, key);
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      if (key(order[i]) != key(order[i + 1])) continue;
      edges_.tag[order[i]] |= Edges::junction;
      edges_.tag[order[i + 1]] |= Edges::junction;
    }
    for (const auto& [begin, end] : edges_.arcs) {
      edges_.tag[begin] |= Edges::junction;
      edges_.tag[end] |= Edges::junction;
      edges_.tag[end - 1] |= Edges::last;
    }
  }

  void point_left() {
    for (const auto& [begin, end] : edges_.arcs) {
      for (auto i = begin + 1; i < end; ++i) {
        if (edges_.is_junction(i)) continue;
        const auto in = edges_.vertex(i) - edges_.vertex(i - 1) - edges_.bulge(i - 1);
        const auto out = edges_.vertex(i + 1) - edges_.vertex(i) + edges_.bulge(i);
        const auto before = 1 / length(in) * in;
        const auto after = 1 / length(out) * out;
        if (!(dot(before, after) > sharp_turn)) continue;
        const auto normal = normal_at(edges_.vertex(i));
        const auto left = 1 / length(normal) * cross(normal, before + after);
        edges_.lx[i] = static_cast<float>(left.x);
        edges_.ly[i] = static_cast<float>(left.y);
        edges_.lz[i] = static_cast<float>(left.z);
      }
    }
  }

  const Atlas& atlas_;
  Arrays edges_;
  std::size_t vertices_ = 0;
  std::map<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>, std::uint32_t> numbers_;
};

/// As many as are whole.
std::vector<Owners> read_owners(std::span<const std::uint32_t> sets) {
  std::vector<Owners> owners;
  while (sets.size() >= 3) {
    const std::size_t left = sets[0];
    const std::size_t right = sets[1];
    const std::size_t borders = sets[2];
    sets = sets.subspan(3);
    if (left + right + borders > sets.size()) break;
    const auto take = [&](std::size_t count) {
      const auto taken = sets.first(count);
      sets = sets.subspan(count);
      return std::vector<Target>(taken.begin(), taken.end());
    };
    auto& set = owners.emplace_back();
    set.left = take(left);
    set.right = take(right);
    set.borders = take(borders);
  }
  return owners;
}

}  // namespace

LonLat Edges::place_at(Edge i, double t) const { return place_between(place[i], place[i + 1], t); }

bool Owners::has(Target target) const {
  const auto in = [target](const std::vector<Target>& targets) {
    return std::ranges::find(targets, target) != targets.end();
  };
  return in(left) || in(right) || in(borders);
}

Edges::Edges(const Atlas& atlas) {
  Builder builder(atlas);
  for (const auto& arc : atlas.arcs) builder.add(arc);
  auto arrays = builder.finish();
  each_pair(*this, arrays,
            [](auto& frozen, auto& array) { frozen = std::remove_reference_t<decltype(frozen)>(std::move(array)); });
  owners = read_owners(sets.values());
}

Edges::Edges(ImageReader& image) {
  each(*this, [&](auto& array) { image.take(array); });
  owners = read_owners(sets.values());
}

}  // namespace kordon::geo
