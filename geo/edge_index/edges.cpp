#include "geo/edge_index/edges.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <tuple>

#include "geo/atlas/coasts.hpp"
#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::edge_index {

const UnitInterval unit_interval{0, 1};
namespace {

/// Below this an edge needs no cutting: the cubic term of its curve is under a micrometre away from the poles.
constexpr double short_edge_m = 1000;
constexpr double near_pole_deg = 85;

/// Shorter edges are as straight as can be told: their S would be rounding.
constexpr double straight_m = 1;

/// How far from an edge with these |D| and |S| the square of the distance bends by half of |D|^2 at least: see
/// `nearest_t`.
double limit_of(double d_m, double s_m) {
  if (s_m == 0) return max_series_range_m;
  return std::max(0.0, 0.5 * d_m * d_m - 2 * d_m * s_m - s_m * s_m) / (2 * s_m);
}

/// Cosine of the turn from which on a bend's side is left to angles.
constexpr double sharp_turn = -0.99;

LonLat between(LonLat a, LonLat b, double t) {
  return {a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)};
}

Vec3 quadratic_between(LonLat from, LonLat to, Vec3 a, Vec3 b) {
  return 4 * (to_ecef(between(from, to, 0.5)) - 0.5 * (a + b));
}

double curve_miss_m(LonLat from, LonLat to) {
  const auto a = to_ecef(from);
  const auto b = to_ecef(to);
  const auto s = quadratic_between(from, to, a, b);
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
    const auto first = static_cast<Edge>(edges_.place.size());
    edges_.place.push_back(arc.line.front());
    for (std::size_t i = 0; i + 1 < arc.line.size(); ++i) {
      const auto parts = parts_of(arc.line[i], arc.line[i + 1]);
      for (std::size_t k = 1; k < parts; ++k) {
        edges_.place.push_back(
            between(arc.line[i], arc.line[i + 1], static_cast<double>(k) / static_cast<double>(parts)));
      }
      edges_.place.push_back(arc.line[i + 1]);
    }
    const auto last = static_cast<Edge>(edges_.place.size() - 1);
    edges_.arcs.push_back({first, last});
    EdgeBlock block{};
    block.boundary_class = class_number(arc);
    edges_.blocks.resize(last / EdgeBlock::size + 1, block);
    edges_.place.resize(edges_.blocks.size() * EdgeBlock::size);
  }

  Arrays finish() {
    edges_.left.resize(edges_.place.size());
    for (const auto& arc : edges_.arcs) {
      place_in_space(arc);
      fit_edges(arc);
    }
    mark_junctions();
    for (const auto& arc : edges_.arcs) point_left(arc);
    return std::move(edges_);
  }

 private:
  std::uint32_t class_number(const Arc& arc) {
    const auto [it, added] =
        numbers_.try_emplace(std::pair{arc.left, arc.right}, static_cast<std::uint32_t>(numbers_.size()));
    if (!added) return it->second;
    std::vector<Target> borders;
    for (std::size_t b = 0; b < atlas_.borders.size(); ++b) {
      if (is_part_of(arc, atlas_.borders[b])) {
        borders.push_back(static_cast<Target>(atlas_.regions.size() + b));
      }
    }
    for (const auto size : {arc.left.size(), arc.right.size(), borders.size()}) {
      edges_.class_members.push_back(static_cast<std::uint32_t>(size));
    }
    for (const auto region : arc.left) edges_.class_members.push_back(static_cast<Target>(region));
    for (const auto region : arc.right) edges_.class_members.push_back(static_cast<Target>(region));
    edges_.class_members.insert(edges_.class_members.end(), borders.begin(), borders.end());
    return it->second;
  }

  EdgeBlock& block_of(Edge i) { return edges_.blocks[i / EdgeBlock::size]; }

  void place_in_space(ArcRange arc) {
    for (auto i = arc.begin; i <= arc.end; ++i) {
      const auto p = to_ecef(edges_.place[i]);
      const auto put = [p](EdgeBlock& block, std::size_t at) {
        block.x[at] = p.x, block.y[at] = p.y, block.z[at] = p.z;
      };
      put(block_of(i), i % EdgeBlock::size);
      if (i % EdgeBlock::size == 0 && i > arc.begin) put(block_of(i - 1), EdgeBlock::size);
    }
  }

  void fit_edges(ArcRange arc) {
    for (auto i = arc.begin; i < arc.end; ++i) {
      const double d2 = length2(edges_.vertex(i + 1) - edges_.vertex(i));
      auto s = quadratic_between(edges_.place[i], edges_.place[i + 1], edges_.vertex(i), edges_.vertex(i + 1));
      if (d2 < straight_m * straight_m) s = {};
      auto& block = block_of(i);
      block.range = std::max(block.range, range_code(limit_of(std::sqrt(d2), length(s))));
      const auto at = i % EdgeBlock::size;
      block.inverse_d2[at] = d2 > 1e-12 ? 1 / d2 : 0;
      block.sx[at] = static_cast<float>(s.x);
      block.sy[at] = static_cast<float>(s.y);
      block.sz[at] = static_cast<float>(s.z);
      ++block.count;
    }
    if (arc.end > arc.begin) block_of(arc.end - 1).ends_arc = 1;
  }

  void mark_junction(Edge i) {
    auto& junctions = block_of(i).junctions;
    junctions = static_cast<std::uint8_t>(junctions | (1U << (i % EdgeBlock::size)));
  }

  /// Where vertices coincide, and at the ends of arcs.
  void mark_junctions() {
    std::vector<Edge> order;
    for (const auto& [begin, end] : edges_.arcs) {
      for (auto i = begin; i <= end; ++i) order.push_back(i);
      mark_junction(begin);
      mark_junction(end);
    }
    const auto key = [this](Edge i) {
      const auto p = edges_.vertex(i);
      return std::tuple{p.x, p.y, p.z};
    };
    std::ranges::sort(order, {}, key);
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
      if (key(order[i]) != key(order[i + 1])) continue;
      mark_junction(order[i]);
      mark_junction(order[i + 1]);
    }
  }

  void point_left(ArcRange arc) {
    for (auto i = arc.begin + 1; i < arc.end; ++i) {
      if (edges_.is_junction(i)) continue;
      const auto in = edges_.vertex(i) - edges_.vertex(i - 1) - edges_.quadratic(i - 1);
      const auto out = edges_.vertex(i + 1) - edges_.vertex(i) + edges_.quadratic(i);
      const auto before = 1 / length(in) * in;
      const auto after = 1 / length(out) * out;
      if (!(dot(before, after) > sharp_turn)) continue;
      const auto normal = normal_at(edges_.vertex(i));
      const auto left = 1 / length(normal) * cross(normal, before + after);
      edges_.left[i] = {static_cast<float>(left.x), static_cast<float>(left.y), static_cast<float>(left.z)};
    }
  }

  const Atlas& atlas_;
  Arrays edges_;
  std::map<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>, std::uint32_t> numbers_;
};

/// As many as are whole.
std::vector<BoundaryClass> read_classes(std::span<const std::uint32_t> members) {
  std::vector<BoundaryClass> classes;
  while (members.size() >= 3) {
    const std::size_t left = members[0];
    const std::size_t right = members[1];
    const std::size_t borders = members[2];
    members = members.subspan(3);
    if (left + right + borders > members.size()) break;
    const auto take = [&](std::size_t count) {
      const auto taken = members.first(count);
      members = members.subspan(count);
      return std::vector<Target>(taken.begin(), taken.end());
    };
    auto& added = classes.emplace_back();
    added.left = take(left);
    added.right = take(right);
    added.borders = take(borders);
  }
  return classes;
}

}  // namespace

double series_range_m(const EdgeBlock& block) { return max_series_range_m * std::exp2(block.range / -16.0); }

std::uint8_t range_code(double limit_m) {
  if (limit_m >= max_series_range_m) return 0;
  return static_cast<std::uint8_t>(std::min(255.0, std::ceil(16 * std::log2(max_series_range_m / limit_m))));
}

bool BoundaryClass::has(Target target) const {
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
  derive();
}

Edges::Edges(ImageReader& image) {
  each(*this, [&](auto& array) { image.take(array); });
  derive();
}

void Edges::derive() { classes = read_classes(class_members.values()); }

}  // namespace kordon::geo::edge_index
