#include "tests/geo/oracle.hpp"

#include <GeographicLib/Geocentric.hpp>
#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <ranges>
#include <span>

#include "geo/earth/geodesic.hpp"

namespace kordon::geo::oracle {
namespace {

constexpr double radian = std::numbers::pi / 180;
constexpr double error_m = 1e-4;

double geodesic_m(LonLat a, LonLat b) {
  double s = 0;
  GeographicLib::Geodesic::WGS84().Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, s);
  return s;
}

LonLat along(LonLat a, LonLat b, double t) {
  return {a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)};
}

/// No shorter than the edge: a degree has at most 111.7 km in any direction, and less of longitude by the latitude.
double length_at_most_m(LonLat a, LonLat b) {
  const double nearest_equator_deg = a.lat_deg * b.lat_deg < 0 ? 0 : std::min(std::abs(a.lat_deg), std::abs(b.lat_deg));
  return 111.7e3 * std::hypot(b.lat_deg - a.lat_deg, (b.lon_deg - a.lon_deg) * std::cos(nearest_equator_deg * radian));
}

/// A point that misses the foot of the perpendicular by x is too far by x at most, and by x^2 / distance away from it.
bool good_enough(double miss_m, double distance_m) {
  return miss_m < error_m || miss_m * miss_m < error_m * std::min(distance_m, 1e5);
}

/// Distance to an edge where it is below `beat_m`; otherwise anything that is not.
double golden_section_m(LonLat q, LonLat a, LonLat b, double length_m, double beat_m) {
  const double end_m[] = {geodesic_m(q, a), geodesic_m(q, b)};
  double best = std::min(end_m[0], end_m[1]);
  if ((end_m[0] + end_m[1] - length_m) / 2 > beat_m) return best;
  constexpr double ratio = 0.61803398874989485;
  double low = 0;
  double high = 1;
  double t1 = high - ratio * (high - low);
  double t2 = low + ratio * (high - low);
  double s1 = geodesic_m(q, along(a, b, t1));
  double s2 = geodesic_m(q, along(a, b, t2));
  while (true) {
    best = std::min({best, s1, s2});
    const double miss_m = (high - low) * length_m;
    if (good_enough(miss_m, best - miss_m) || std::min(s1, s2) - miss_m > beat_m) return best;
    if (s1 < s2) {
      high = t2;
      t2 = t1;
      s2 = s1;
      t1 = high - ratio * (high - low);
      s1 = geodesic_m(q, along(a, b, t1));
    } else {
      low = t1;
      t1 = t2;
      s1 = s2;
      t2 = low + ratio * (high - low);
      s2 = geodesic_m(q, along(a, b, t2));
    }
  }
}

/// The latitudes of a region's edges along one side of the antimeridian.
std::vector<std::pair<double, double>> stretches(const Region& region, double lon_deg) {
  std::vector<std::pair<double, double>> found;
  for (const auto& ring : region.rings) {
    for (std::size_t i = 1; i < ring.size(); ++i) {
      if (ring[i - 1].lon_deg != lon_deg || ring[i].lon_deg != lon_deg) continue;
      found.emplace_back(std::min(ring[i - 1].lat_deg, ring[i].lat_deg),
                         std::max(ring[i - 1].lat_deg, ring[i].lat_deg));
    }
  }
  return found;
}

/// What lies along the antimeridian on one side only, piece by piece between all latitudes that occur there.
std::vector<Line> one_sided(const Region& region) {
  const auto east = stretches(region, 180);
  const auto west = stretches(region, -180);
  std::vector<double> lats;
  for (const auto* side : {&east, &west}) {
    for (const auto& [low, high] : *side) lats.insert(lats.end(), {low, high});
  }
  std::ranges::sort(lats);
  std::vector<Line> lines;
  for (std::size_t i = 1; i < lats.size(); ++i) {
    const auto in = [&](const auto& stretch) { return stretch.first <= lats[i - 1] && lats[i] <= stretch.second; };
    if (lats[i - 1] == lats[i] || std::ranges::any_of(east, in) == std::ranges::any_of(west, in)) continue;
    lines.push_back({{180, lats[i - 1]}, {180, lats[i]}});
  }
  return lines;
}

}  // namespace

struct Distance::Range {
  double low_m, high_m;
};

/// The straight way through the Earth is never longer, and up to 100 km a part in ten thousand shorter at most. The
/// arc of a sphere is right to a hundredth.
Distance::Range Distance::range(const Vertex& a, const Vertex& b) {
  const double chord_m = std::hypot(b.xyz_m[0] - a.xyz_m[0], b.xyz_m[1] - a.xyz_m[1], b.xyz_m[2] - a.xyz_m[2]);
  if (chord_m < 1e5) return {chord_m, 1.0001 * chord_m};
  const double arc_m = 2 * 6371e3 * std::asin(std::min(1.0, chord_m / (2 * 6371e3)));
  return {0.99 * arc_m, 1.01 * arc_m};
}

/// One query's way through the nodes.
struct Distance::Search {
  const Distance& lines;
  Vertex from;
  double best_m = 1e9;
  double sure_m = 1e9;  ///< some point of the lines is no farther

  double at_least_m(const Node& node) {
    auto away = range(from, node.centre);
    if (away.low_m - node.radius_m <= sure_m && away.low_m > 1e5) {
      away.low_m = away.high_m = geodesic_m(from.place, node.centre.place);
    }
    sure_m = std::min(sure_m, away.high_m);
    return away.low_m - node.radius_m;
  }

  /// On the way from one end to the other no point is nearer than half of what both distances exceed the way by.
  void look_at(const Piece& piece) {
    if ((range(from, piece.from).low_m + range(from, piece.to).low_m - piece.length_m) / 2 > sure_m) return;
    best_m = std::min(best_m, golden_section_m(from.place, piece.from.place, piece.to.place, piece.length_m, best_m));
    sure_m = std::min(sure_m, best_m);
  }

  void descend(std::size_t n, double node_at_least_m) {
    const auto& node = lines.nodes_[n];
    if (node_at_least_m > sure_m) return;
    if (node.second_half == 0) {
      for (auto i = node.begin; i < node.end; ++i) look_at(lines.pieces_[i]);
      return;
    }
    std::array<std::pair<double, std::size_t>, 2> halves{
        {{at_least_m(lines.nodes_[n + 1]), n + 1}, {at_least_m(lines.nodes_[node.second_half]), node.second_half}}};
    if (halves[1] < halves[0]) std::swap(halves[0], halves[1]);
    for (const auto& [half_at_least_m, half] : halves) descend(half, half_at_least_m);
  }
};

Distance::Vertex::Vertex(LonLat at) : place(at), xyz_m{} {
  GeographicLib::Geocentric::WGS84().Forward(at.lat_deg, at.lon_deg, 0, xyz_m[0], xyz_m[1], xyz_m[2]);
}

Distance::Distance(const std::vector<Line>& lines) {
  for (const auto& line : lines) {
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const auto span =
          std::abs(line[i + 1].lon_deg - line[i].lon_deg) + std::abs(line[i + 1].lat_deg - line[i].lat_deg);
      const auto parts = static_cast<int>(std::ceil(span / 0.05));
      for (int k = 0; k < parts; ++k) {
        const auto a = along(line[i], line[i + 1], double(k) / parts);
        const auto b = along(line[i], line[i + 1], double(k + 1) / parts);
        pieces_.push_back({Vertex(a), Vertex(b), length_at_most_m(a, b)});
      }
    }
  }
  if (!pieces_.empty()) add_node(0, pieces_.size());
}

std::size_t Distance::add_node(std::size_t begin, std::size_t end) {
  const auto number = nodes_.size();
  const auto middle = (begin + end) / 2;
  halve(begin, middle, end);
  Node node{pieces_[middle].from, 0, begin, end, 0};
  for (auto i = begin; i < end; ++i) {
    node.radius_m = std::max(node.radius_m, range(node.centre, pieces_[i].from).high_m + pieces_[i].length_m);
  }
  nodes_.push_back(node);
  if (end - begin > 4) {
    add_node(begin, middle);
    const auto second = add_node(middle, end);
    nodes_[number].second_half = second;
  }
  return number;
}

/// Along the axis in which the pieces reach farthest.
void Distance::halve(std::size_t begin, std::size_t middle, std::size_t end) {
  const auto pieces = std::span(pieces_).subspan(begin, end - begin);
  std::size_t axis = 0;
  double widest_m = -1;
  for (std::size_t k = 0; k < 3; ++k) {
    const auto [low, high] =
        std::ranges::minmax(pieces | std::views::transform([k](const Piece& piece) { return piece.from.xyz_m[k]; }));
    if (high - low <= widest_m) continue;
    widest_m = high - low;
    axis = k;
  }
  std::ranges::nth_element(pieces, pieces.begin() + std::ptrdiff_t(middle - begin), {},
                           [axis](const Piece& piece) { return piece.from.xyz_m[axis]; });
}

double Distance::to(LonLat place) const {
  Search search{*this, Vertex(place)};
  if (!nodes_.empty()) search.descend(0, 0);
  return search.best_m;
}

std::vector<Line> lines_of(const Region& region) {
  auto lines = one_sided(region);
  for (const auto& ring : region.rings) {
    lines.emplace_back();
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto along_both = [&](double LonLat::* degrees, double at) {
        return i > 0 && std::abs(ring[i].*degrees) == at && ring[i - 1].*degrees == ring[i].*degrees;
      };
      if (along_both(&LonLat::lon_deg, 180) || along_both(&LonLat::lat_deg, 90)) lines.emplace_back();
      lines.back().push_back(ring[i]);
    }
  }
  return lines;
}

LonLat random_place(std::mt19937_64& random) {
  std::uniform_real_distribution<double> unit(-1, 1);
  const double lon_deg = 180 * unit(random);
  return {lon_deg, std::asin(unit(random)) / radian};
}

LonLat random_place(std::mt19937_64& random, LonLat low, LonLat high) {
  std::uniform_real_distribution<double> lon(low.lon_deg, high.lon_deg);
  std::uniform_real_distribution<double> lat(low.lat_deg, high.lat_deg);
  const double lon_deg = lon(random);
  return {lon_deg, lat(random)};
}

LonLat random_place_near(std::mt19937_64& random, const Line& line, double distance_m) {
  std::uniform_int_distribution<std::size_t> pick(0, line.size() - 2);
  std::uniform_real_distribution<double> unit(0, 1);
  const auto i = pick(random);
  const auto start = along(line[i], line[i + 1], unit(random));
  const double bearing_deg = 360 * unit(random);
  return direct(start, bearing_deg, distance_m * unit(random));
}

}  // namespace kordon::geo::oracle
