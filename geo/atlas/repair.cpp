#include "geo/atlas/repair.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "geo/atlas/geos.hpp"
#include "geo/atlas/local_plane.hpp"
#include "geo/atlas/repair_size.hpp"

namespace kordon::geo {
namespace {

/// More than this is another reading of the file, whatever the size of the polygon.
constexpr double largest_change = 0.01;

/// Polygons with more rings than this are mended ring by ring first.
constexpr std::size_t many_rings = 200;

std::vector<Line> oriented(const std::vector<Polygon>& polygons) {
  std::vector<Line> lines;
  for (const auto& polygon : polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) {
      lines.push_back(polygon[r]);
      orient(lines.back(), r == 0);
    }
  }
  return lines;
}

std::vector<Polygon> made_valid(const Geos& geos, const std::vector<Polygon>& polygons) {
  const auto given = polygons.size() == 1 ? geos.polygon(polygons.front()) : geos.multipolygon(polygons);
  const auto mended = geos.made_valid(given.get());
  if (!mended || !geos.is_polygonal(mended.get())) return {};
  return geos.polygons_of(mended.get());
}

/// Rings that are no polygon by themselves become those that they are; which shell has which hole is left open.
struct LooseRings {
  std::vector<Line> shells;
  std::vector<Line> holes;
};

void add_ring(const Geos& geos, const Line& ring, bool shell, LooseRings& loose) {
  auto& own = shell ? loose.shells : loose.holes;
  auto& other = shell ? loose.holes : loose.shells;
  if (geos.is_valid(geos.polygon({ring}).get())) {
    own.push_back(ring);
    return;
  }
  for (const auto& part : made_valid(geos, {{ring}})) {
    own.push_back(part.front());
    other.insert(other.end(), part.begin() + 1, part.end());
  }
}

/// A polygon of many rings, each mended by itself; whole again if one shell came out of it.
std::optional<Polygon> mended_ring_by_ring(const Geos& geos, const Polygon& polygon) {
  LooseRings loose;
  for (std::size_t r = 0; r < polygon.size(); ++r) add_ring(geos, polygon[r], r == 0, loose);
  if (loose.shells.size() != 1) return std::nullopt;
  Polygon mended{loose.shells.front()};
  mended.insert(mended.end(), loose.holes.begin(), loose.holes.end());
  return mended;
}

bool box_holds(const Polygon& polygon, LonLat place) {
  constexpr double slack_deg = 1e-9;
  const auto& shell = polygon.front();
  const auto [west, east] = std::ranges::minmax_element(shell, {}, &LonLat::lon_deg);
  const auto [south, north] = std::ranges::minmax_element(shell, {}, &LonLat::lat_deg);
  return place.lon_deg >= west->lon_deg - slack_deg && place.lon_deg <= east->lon_deg + slack_deg &&
         place.lat_deg >= south->lat_deg - slack_deg && place.lat_deg <= north->lat_deg + slack_deg;
}

/// Parts that are valid by themselves but not beside each other: joins those that meet where the fault is. False where
/// there are too many such places.
bool join_at_faults(const Geos& geos, std::vector<Polygon>& parts) {
  constexpr int most_places = 30;
  for (int i = 0; i < most_places; ++i) {
    const auto place = geos.place_of_fault(geos.multipolygon(parts).get());
    if (!place) return true;
    const auto apart = std::ranges::partition(parts, [&](const Polygon& part) { return !box_holds(part, *place); });
    const std::vector<Polygon> meeting(apart.begin(), apart.end());
    const auto joined = made_valid(geos, meeting);
    if (meeting.size() < 2 || joined.empty()) return false;
    parts.erase(apart.begin(), parts.end());
    parts.insert(parts.end(), joined.begin(), joined.end());
  }
  return false;
}

bool touches(const Line& ring, LonLat place) {
  constexpr double slack_m = 1e-3;
  for (std::size_t i = 1; i < ring.size(); ++i) {
    if (foot_on(place, ring[i - 1], ring[i]).distance_m < slack_m) return true;
  }
  return false;
}

/// Takes the rings that meet at a place out of a polygon; the shell first, if it is one of them.
std::vector<Line> take_meeting(Polygon& polygon, LonLat place) {
  std::vector<Line> meeting;
  Polygon apart;
  for (auto& ring : polygon) (touches(ring, place) ? meeting : apart).push_back(std::move(ring));
  polygon = std::move(apart);
  return meeting;
}

/// Joins the rings of one polygon where they meet: holes with the shell, or holes with each other. `islands` gets what
/// comes apart from it. False where a fault is not of rings that meet, or where there are too many places.
bool join_rings_at_faults(const Geos& geos, Polygon& polygon, std::vector<Polygon>& islands) {
  constexpr int most_places = 300;
  for (int i = 0; i < most_places; ++i) {
    const auto place = geos.place_of_fault(geos.polygon(polygon).get());
    if (!place) return true;
    const bool with_shell = touches(polygon.front(), *place);
    const auto meeting = take_meeting(polygon, *place);
    if (meeting.size() < 2) return false;
    std::vector<Polygon> apart;
    for (const auto& ring : meeting) apart.push_back({ring});
    auto joined = made_valid(geos, with_shell ? std::vector<Polygon>{meeting} : apart);
    if (joined.empty()) return false;
    std::ranges::sort(joined, std::greater(), area_deg2);
    if (with_shell) {
      joined.front().insert(joined.front().end(), polygon.begin(), polygon.end());
      polygon = std::move(joined.front());
      islands.insert(islands.end(), joined.begin() + 1, joined.end());
      continue;
    }
    for (auto& hole : joined) {
      for (std::size_t r = 1; r < hole.size(); ++r) islands.push_back({hole[r]});
      polygon.push_back(std::move(hole.front()));
    }
  }
  return false;
}

/// Each part by itself, and all of them together only where that is not enough.
std::vector<Polygon> mended(const Geos& geos, const std::vector<Polygon>& polygons) {
  std::vector<Polygon> parts;
  for (const auto& polygon : polygons) {
    if (geos.is_valid(geos.polygon(polygon).get())) {
      parts.push_back(polygon);
      continue;
    }
    auto whole = polygon;
    if (polygon.size() > many_rings) {
      if (auto rings = mended_ring_by_ring(geos, polygon)) whole = std::move(*rings);
      auto joined = whole;
      std::vector<Polygon> islands;
      if (join_rings_at_faults(geos, joined, islands)) {
        parts.push_back(std::move(joined));
        parts.insert(parts.end(), islands.begin(), islands.end());
        continue;
      }
    }
    for (auto& part : made_valid(geos, {whole})) parts.push_back(std::move(part));
  }
  if (parts.empty() || join_at_faults(geos, parts)) return parts;
  return made_valid(geos, parts);
}

}  // namespace

std::expected<ValidRings, Fault> valid_rings(const Feature& feature, double tolerance_m) {
  const Geos geos;
  const auto reason = geos.fault_of(geos.multipolygon(feature.polygons).get());
  if (reason.empty()) return ValidRings{oriented(feature.polygons), {}, 0};
  const auto refuse = [&](const std::string& why) {
    return std::unexpected(Fault{feature.where, fmt::format("invalid polygon: {}; {}", reason, why)});
  };
  const auto polygons = mended(geos, feature.polygons);
  if (polygons.empty()) return refuse("MakeValid leaves no polygon");
  const auto change = repair_size(feature.polygons, polygons);
  const auto size = fmt::format("area by {:.3g} m2 and no place farther than {:.3g} m from the boundary",
                                change.area_m2, change.distance_m);
  if (change.distance_m > tolerance_m || change.share > largest_change) {
    return refuse(
        fmt::format("a repair would change its {}; mend it (ogr2ogr -makevalid) and look at what became of "
                    "it, or raise the layer's repair_tolerance_m",
                    size));
  }
  return ValidRings{oriented(polygons), fmt::format("repaired by MakeValid: {}; this changed its {}", reason, size),
                    change.distance_m};
}

}  // namespace kordon::geo
