#include "geo/atlas/cut_at_180.hpp"

#include <algorithm>
#include <cmath>

#include "geo/atlas/clip_meridian.hpp"

namespace kordon::geo {
namespace {

bool within_180(const Line& ring) {
  return std::ranges::all_of(ring, [](LonLat v) { return std::abs(v.lon_deg) <= 180; });
}

bool has_jump(const Line& ring) {
  for (std::size_t i = 1; i < ring.size(); ++i) {
    if (std::abs(ring[i].lon_deg - ring[i - 1].lon_deg) > 180) return true;
  }
  return false;
}

/// Jumps of exactly once around the Earth: the edge of a map that shows all of it.
bool goes_around_at_180(const Line& ring) {
  for (std::size_t i = 1; i < ring.size(); ++i) {
    const auto span_deg = std::abs(ring[i].lon_deg - ring[i - 1].lon_deg);
    if (span_deg > 180 && span_deg != 360) return false;
  }
  return true;
}

/// Two corners of a map that shows all of the Earth: between them, the ring runs along a pole.
bool has_corners_at_pole(const Line& ring) {
  const auto has = [&](double lon_deg, double lat_deg) {
    return std::ranges::any_of(ring, [&](LonLat v) { return v.lon_deg == lon_deg && v.lat_deg == lat_deg; });
  };
  return (has(-180, -90) && has(180, -90)) || (has(-180, 90) && has(180, 90));
}

bool is_plain(const Line& ring) {
  return within_180(ring) && (!has_jump(ring) || goes_around_at_180(ring) || has_corners_at_pole(ring));
}

/// Gives vertices at 180 degrees the sign of the others; false where these lie on both sides.
bool unify_signs(Line& ring) {
  bool east = false;
  bool west = false;
  for (const auto vertex : ring) {
    if (std::abs(vertex.lon_deg) == 180) continue;
    (vertex.lon_deg >= 0 ? east : west) = true;
  }
  if (east == west) return false;
  Line unified = ring;
  for (auto& vertex : unified) {
    if (std::abs(vertex.lon_deg) == 180) vertex.lon_deg = east ? 180 : -180;
  }
  if (has_jump(unified)) return false;
  ring = std::move(unified);
  return true;
}

/// Each vertex on the branch that is nearest to the one before; false where the ring does not come back to its start.
bool unwrap(Line& ring) {
  for (std::size_t i = 1; i < ring.size(); ++i) {
    ring[i].lon_deg = ring[i - 1].lon_deg + std::remainder(ring[i].lon_deg - ring[i - 1].lon_deg, 360);
  }
  return std::abs(ring.front().lon_deg - ring.back().lon_deg) < 1e-9;
}

/// A ring that goes once around a pole without edges to it, all on one side of the equator, gets them where it begins.
bool close_at_pole(Line& ring) {
  const double turn_deg = ring.back().lon_deg - ring.front().lon_deg;
  const auto [south, north] = std::ranges::minmax(ring, {}, &LonLat::lat_deg);
  if (std::abs(std::abs(turn_deg) - 360) > 1e-9 || south.lat_deg * north.lat_deg <= 0) return false;
  const double pole_deg = std::copysign(90.0, south.lat_deg);
  ring.back().lon_deg = ring.front().lon_deg + std::copysign(360.0, turn_deg);
  ring.push_back({ring.back().lon_deg, pole_deg});
  ring.push_back({ring.front().lon_deg, pole_deg});
  ring.push_back(ring.front());
  return true;
}

void shift(Line& ring, double by_deg) {
  for (auto& vertex : ring) vertex.lon_deg += by_deg;
}

}  // namespace

CutPolygon cut_at_180(std::vector<Line> rings) {
  for (auto& ring : rings) {
    if (within_180(ring) && has_jump(ring) && !has_corners_at_pole(ring)) unify_signs(ring);
  }
  if (std::ranges::all_of(rings, is_plain)) return {{std::move(rings)}, false, {}};
  CutPolygon cut{{}, true, {}};
  const double start_deg = rings.front().front().lon_deg;
  for (auto& ring : rings) {
    if (!unwrap(ring) && (&ring != &rings.front() || !close_at_pole(ring))) {
      cut.error = "goes around the Earth; cut it at the antimeridian with edges along it (RFC 7946, section 3.1.9)";
      return cut;
    }
    ring.back() = ring.front();
    shift(ring, 360 * std::round((start_deg - ring.front().lon_deg) / 360));
  }
  const auto [low, high] = std::ranges::minmax_element(rings.front(), {}, &LonLat::lon_deg);
  if (high->lon_deg - low->lon_deg > 360 + 1e-9) {
    cut.error = "is wider than the Earth once its edges take the shorter way around it";
    return cut;
  }
  const double first_deg = -180 + 360 * std::floor((low->lon_deg + 180) / 360);
  for (double west_deg = first_deg; west_deg < high->lon_deg; west_deg += 360) {
    for (auto& polygon : clip_between(rings, west_deg, west_deg + 360)) {
      for (auto& ring : polygon) shift(ring, -180 - west_deg);
      cut.polygons.push_back(std::move(polygon));
    }
  }
  return cut;
}

}  // namespace kordon::geo
