#pragma once

#include <expected>
#include <string>
#include <vector>

#include "areas/rings.hpp"
#include "tracks/effort.hpp"
#include "tracks/path.hpp"

namespace kordon::areas {

/// A polygon as a user brings it: a closed shell first, then its holes.
using Drawn = std::vector<std::vector<geo::LonLat>>;

struct ReadArea {
  Rings rings;
  std::vector<std::string> warnings;  ///< what was read in one way of two
};

/// Rings from polygons, or what is wrong with them and where: a ring that is not closed or has fewer than four
/// positions, edges that cross each other, a ring round a pole without an edge along it. Orientations do not matter.
/// Edges longer than half a turn go the shorter way round, those of a whole turn along a parallel are its circle.
/// Where an effort is limited, so are geodesic edges, which become many, and edges that overlap in longitude and in
/// latitude, which are compared with each other.
std::expected<ReadArea, std::string> read_area(const std::vector<Drawn>& polygons, tracks::EdgeKind edges,
                                               const tracks::Effort* effort = nullptr);

/// A disc: all places within a distance along geodesics, as a polygon of the same area. 1 mm to 1000 km; not over
/// a pole.
std::expected<ReadArea, std::string> read_disc(geo::LonLat centre, double radius_m);

}  // namespace kordon::areas
