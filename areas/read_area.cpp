#include "areas/read_area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <optional>
#include <queue>

#include "geo/atlas/geos.hpp"
#include "geo/earth/geodesic.hpp"

namespace kordon::areas {
namespace {

using Read = std::expected<ReadArea, std::string>;

/// Geodesic edges are cut until their parts are straight in degrees to this share of the area's width.
constexpr double straight_share = 2.5e-7;
constexpr std::size_t disc_corners = 720;
constexpr double least_disc_m = 0.001;
constexpr double largest_disc_m = 1e6;
/// Pieces that geodesic edges may come to, and pairs of edges to compare, where the effort is limited.
constexpr std::size_t most_pieces = 200'000;
constexpr std::size_t most_pairs = 5'000'000;

double planar_area(const Ring& ring) {
  double twice = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[i + 1 == ring.size() ? 0 : i + 1];
    twice += (a.lon_deg - ring[0].lon_deg) * (b.lat_deg - ring[0].lat_deg) -
             (b.lon_deg - ring[0].lon_deg) * (a.lat_deg - ring[0].lat_deg);
  }
  return twice / 2;
}

/// A ring whose longitudes run on, without its repeated last corner.
std::expected<Ring, std::string> unrolled(const std::vector<geo::LonLat>& line, const std::string& name,
                                          std::vector<std::string>& warnings) {
  if (line.size() < 4) return std::unexpected(fmt::format("{} has fewer than four positions", name));
  if (line.front() != line.back())
    return std::unexpected(fmt::format("{} is not closed: its last position must repeat its first", name));
  Ring ring{{line[0].lon_deg, line[0].lat_deg}};
  bool around = false;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double drawn_deg = line[i].lon_deg - line[i - 1].lon_deg;
    const bool circle = std::abs(drawn_deg) == 360 && line[i].lat_deg == line[i - 1].lat_deg;
    const double step_deg = circle ? drawn_deg : tracks::shorter_way_deg(line[i - 1].lon_deg, line[i].lon_deg);
    around = around || step_deg != drawn_deg;
    ring.push_back({ring.back().lon_deg + step_deg, line[i].lat_deg});
  }
  if (std::abs(ring.back().lon_deg - ring.front().lon_deg) > 1e-6) {
    return std::unexpected(
        fmt::format("{} goes round a pole: add positions at -180 and 180 degrees, and an edge along the pole", name));
  }
  ring.pop_back();
  if (around)
    warnings.push_back(
        fmt::format("{} crosses the antimeridian: its edges were read as going the shorter way round", name));
  return ring;
}

/// Each edge as pieces of the geodesic; nothing where they are more than `most`.
std::optional<Ring> along_geodesics(const Ring& ring, std::size_t most) {
  double width_m = 0;
  for (const auto& corner : ring) {
    width_m = std::max(width_m,
                       geo::inverse({ring[0].lon_deg, ring[0].lat_deg}, {corner.lon_deg, corner.lat_deg}).distance_m);
  }
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[i + 1 == ring.size() ? 0 : i + 1];
    const auto path = geo::inverse({a.lon_deg, a.lat_deg}, {b.lon_deg, b.lat_deg});
    const double steep =
        std::tan(std::min(std::max(std::abs(a.lat_deg), std::abs(b.lat_deg)), 89.0) * std::numbers::pi / 180);
    const double piece_m = std::sqrt(8 * 6.36e6 * straight_share * width_m / std::max(steep, 0.01));
    const auto pieces = static_cast<std::size_t>(path.distance_m / piece_m) + 1;
    if (pieces > most - std::min(out.size(), most)) return std::nullopt;
    out.push_back(a);
    for (std::size_t k = 1; k < pieces; ++k) {
      const double share = static_cast<double>(k) / static_cast<double>(pieces);
      const auto place = geo::direct({a.lon_deg, a.lat_deg}, path.bearing_deg, path.distance_m * share);
      out.push_back(
          {out.back().lon_deg + tracks::shorter_way_deg(
                                    tracks::shorter_way_deg(0, std::remainder(out.back().lon_deg, 360)), place.lon_deg),
           place.lat_deg});
    }
  }
  return out;
}

/// Why a multipolygon is not valid and where, in GEOS's words, or nothing.
std::string fault_of(const std::vector<Rings>& polygons) {
  std::vector<geo::Polygon> closed;
  for (const auto& rings : polygons) {
    auto& polygon = closed.emplace_back();
    for (const auto& ring : rings) {
      auto& line = polygon.emplace_back();
      for (const auto& corner : ring) line.push_back({corner.lon_deg, corner.lat_deg});
      line.push_back(line.front());
    }
  }
  const geo::Geos geos;
  return geos.fault_of(geos.multipolygon(closed).get());
}

std::string too_long_edges(const std::string& name) {
  return fmt::format("{} has geodesic edges that come to more than {} straight pieces; cut it into parts", name,
                     most_pieces);
}

/// Pairs of edges whose spans overlap along one axis, by a sweep over where they begin.
std::size_t overlaps_along(const std::vector<Rings>& polygons, double Corner::* axis) {
  std::vector<std::pair<double, double>> spans;
  for (const auto& rings : polygons) {
    for (const auto& ring : rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        spans.emplace_back(std::minmax(ring[i].*axis, ring[i + 1 == ring.size() ? 0 : i + 1].*axis));
      }
    }
  }
  std::ranges::sort(spans);
  std::priority_queue<double, std::vector<double>, std::greater<>> ends;
  std::size_t pairs = 0;
  for (const auto& [begin, end] : spans) {
    while (!ends.empty() && ends.top() < begin) ends.pop();
    pairs += ends.size();
    ends.push(end);
  }
  return pairs;
}

/// At least as many pairs of edges as GEOS compares: their boxes overlap.
std::size_t overlaps_of(const std::vector<Rings>& polygons) {
  return std::min(overlaps_along(polygons, &Corner::lon_deg), overlaps_along(polygons, &Corner::lat_deg));
}

void turn(Ring& ring, bool anticlockwise) {
  if ((planar_area(ring) > 0) != anticlockwise) std::ranges::reverse(ring);
}

/// A ring moved by whole turns to where another one lies.
void move_near(Ring& ring, const Ring& shell) {
  const double turns = std::round((shell[0].lon_deg - ring[0].lon_deg) / 360) * 360;
  for (auto& corner : ring) corner.lon_deg += turns;
}

}  // namespace

Read read_area(const std::vector<Drawn>& polygons, tracks::EdgeKind edges, const tracks::Effort* effort) {
  const bool limited = effort != nullptr && effort->is_limited();
  ReadArea read;
  std::vector<Rings> parts;
  for (std::size_t polygon = 0; polygon < polygons.size(); ++polygon) {
    Rings rings;
    for (std::size_t i = 0; i < polygons[polygon].size(); ++i) {
      const auto name =
          polygons.size() == 1 ? fmt::format("ring {}", i) : fmt::format("ring {} of polygon {}", i, polygon);
      auto ring = unrolled(polygons[polygon][i], name, read.warnings);
      if (!ring) return std::unexpected(ring.error());
      if (edges == tracks::EdgeKind::geodesic) {
        auto pieces = along_geodesics(*ring, limited ? most_pieces : ring->max_size());
        if (!pieces) return std::unexpected(too_long_edges(name));
        *ring = std::move(*pieces);
      }
      turn(*ring, i == 0);
      if (!rings.empty()) move_near(*ring, rings[0]);
      rings.push_back(std::move(*ring));
    }
    if (rings.empty()) return std::unexpected("a polygon has at least one ring");
    parts.push_back(std::move(rings));
  }
  if (parts.empty()) return std::unexpected("a polygon has at least one ring");
  if (limited && overlaps_of(parts) > most_pairs) {
    return std::unexpected("too many of its edges overlap to see here whether they cross; cut the polygon into parts");
  }
  if (auto fault = fault_of(parts); !fault.empty()) {
    return std::unexpected(
        fmt::format("not a valid polygon: {}; mend it, for there is more than one way to read it", fault));
  }
  for (auto& rings : parts) std::ranges::move(rings, std::back_inserter(read.rings));
  if (!(area_m2(read.rings) > 0)) return std::unexpected("the polygon has no area");
  return read;
}

Read read_disc(geo::LonLat centre, double radius_m) {
  if (!(radius_m >= least_disc_m) || radius_m > largest_disc_m)
    return std::unexpected("expected a radius from 1 mm to 1,000 km");
  const double pole_m = std::min(geo::inverse(centre, {0, 90}).distance_m, geo::inverse(centre, {0, -90}).distance_m);
  if (pole_m <= radius_m) return std::unexpected("a disc over a pole is not answered; draw it as a polygon");
  // A regular polygon has the circle's area where its corners lie a little farther out.
  const double angle = 2 * std::numbers::pi / disc_corners;
  const double far_m = radius_m * std::sqrt(angle / std::sin(angle));
  ReadArea read;
  Ring ring;
  for (std::size_t i = 0; i < disc_corners; ++i) {
    const auto place = geo::direct(centre, 360 - 0.5 * static_cast<double>(i), far_m);
    ring.push_back({centre.lon_deg + tracks::shorter_way_deg(centre.lon_deg, place.lon_deg), place.lat_deg});
  }
  read.rings.push_back(std::move(ring));
  return read;
}

}  // namespace kordon::areas
