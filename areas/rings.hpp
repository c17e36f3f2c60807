#pragma once

#include <array>
#include <span>
#include <vector>

#include "geo/earth/position.hpp"

namespace kordon::areas {

/// A corner of a ring, degrees; longitudes run on beyond 180 so that no edge crosses the antimeridian.
struct Corner {
  double lon_deg = 0;
  double lat_deg = 0;
};

/// A ring without its last corner, edges straight in degrees. Shells run anticlockwise, holes clockwise, so that their
/// signed areas add up.
using Ring = std::vector<Corner>;
using Rings = std::vector<Ring>;

/// A half-plane in degrees: where `lon_deg * a + lat_deg * b + c >= 0`.
struct HalfPlane {
  double a = 0;
  double b = 0;
  double c = 0;

  [[nodiscard]] double side(const Corner& at) const { return at.lon_deg * a + at.lat_deg * b + c; }
};

/// What of the rings lies in a half-plane (Sutherland and Hodgman). Where a ring leaves it more than once, parts stay
/// joined along its border, which adds nothing to the area.
Rings clipped(const Rings& rings, const HalfPlane& half);

/// Signed area on WGS 84, square metres, relative error about 1e-10. At least one corner.
double area_m2(std::span<const Corner> ring);
double area_m2(const Rings& rings);

/// Whether a place lies inside, by the odd number of edges west of it; on an edge either.
bool contains(const Rings& rings, const Corner& place);

/// A box in degrees.
struct Box {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;

  [[nodiscard]] Corner centre() const { return {(west + east) / 2, (south + north) / 2}; }
  /// As a ring.
  [[nodiscard]] std::array<Corner, 4> ring() const {
    return {Corner{west, south}, {east, south}, {east, north}, {west, north}};
  }
};

/// Of rings with at least one corner.
Box box_of(const Rings& rings);

}  // namespace kordon::areas
