#pragma once

#include <limits>

#include "cartography/polygon.hpp"

namespace kordon::cartography {

/// A rectangle in degrees, its edges included. West is not above east: across the antimeridian it takes two.
struct Box {
  double west_deg = std::numeric_limits<double>::infinity();
  double south_deg = std::numeric_limits<double>::infinity();
  double east_deg = -std::numeric_limits<double>::infinity();
  double north_deg = -std::numeric_limits<double>::infinity();

  void include(geo::LonLat place);
  [[nodiscard]] bool contains(geo::LonLat place) const;
  [[nodiscard]] bool contains(const Box& other) const;
  [[nodiscard]] bool touches(const Box& other) const;
};

/// The smallest box around a line; of no vertices it is empty, as `Box{}` is, and touches nothing.
Box box_of(const geo::Line& line);

/// The polygons without what lies outside the box, by Sutherland and Hodgman: edges along the box may overlap.
Polygons clipped(const Polygons& polygons, const Box& box);

/// Whether a ring goes around a place, by the even-odd rule; on the ring either answer may come.
bool goes_around(const geo::Line& ring, geo::LonLat place);

/// Whether a place lies in any of the polygons; on an edge either answer may come.
bool covers(const Polygons& polygons, geo::LonLat place);

/// Whether any edge of the line has a point in the box.
bool touches(const geo::Line& line, const Box& box);

/// Whether any point of the polygons, interiors included, lies in the box.
bool touches(const Polygons& polygons, const Box& box);

}  // namespace kordon::cartography
