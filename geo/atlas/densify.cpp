#include "geo/atlas/densify.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <cmath>
#include <numbers>

#include "geo/atlas/local_plane.hpp"

namespace kordon::geo {
namespace {

/// No system bends an edge of this length by `edge_tolerance_m`.
constexpr double short_edge_m = 100;
constexpr int deepest = 24;

bool earlier(LonLat a, LonLat b) { return a.lon_deg < b.lon_deg || (a.lon_deg == b.lon_deg && a.lat_deg < b.lat_deg); }

LonLat middle_of(LonLat a, LonLat b) { return {(a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2}; }

/// One end of an edge: where it is, and what its course is reckoned from.
struct End {
  LonLat place;
  LonLat source;
};

/// Appends what lies strictly between two ends. `halve` gives the point of the course between two ends.
template <typename Halve>
void insert_between(const End& a, const End& b, const Halve& halve, int depth, Line& line) {
  if (depth == deepest || plane_distance_m(a.place, b.place) < short_edge_m) return;
  const auto middle = halve(a, b);
  const auto first = halve(a, middle);
  const auto last = halve(middle, b);
  const auto straight = middle_of(a.place, b.place);
  const bool fits = plane_distance_m(straight, middle.place) <= edge_tolerance_m &&
                    plane_distance_m(middle_of(a.place, straight), first.place) <= edge_tolerance_m &&
                    plane_distance_m(middle_of(straight, b.place), last.place) <= edge_tolerance_m;
  if (fits) return;
  insert_between(a, middle, halve, depth + 1, line);
  line.push_back(middle.place);
  insert_between(middle, b, halve, depth + 1, line);
}

template <typename Halve>
Line densified(std::span<const LonLat> sources, const Line& ring, const Halve& halve) {
  Line line;
  line.reserve(ring.size());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    if (i > 0) insert_between({ring[i - 1], sources[i - 1]}, {ring[i], sources[i]}, halve, 0, line);
    line.push_back(ring[i]);
  }
  return line;
}

struct Vector {
  double x, y, z;
};

Vector to_vector(LonLat at) {
  const double lon = at.lon_deg * std::numbers::pi / 180;
  const double lat = at.lat_deg * std::numbers::pi / 180;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

/// On the meridians' branch that is nearer to another longitude.
LonLat beside(LonLat at, LonLat other) {
  return {other.lon_deg + std::remainder(at.lon_deg - other.lon_deg, 360), at.lat_deg};
}

}  // namespace

Line densified_planar(std::span<const LonLat> planar, const Line& ring, const Transformation& transformation) {
  return densified(planar, ring, [&](const End& a, const End& b) {
    End middle{middle_of(a.source, b.source), middle_of(a.source, b.source)};
    if (!transformation.apply({&middle.place, 1})) middle.place = middle_of(a.place, b.place);
    return middle;
  });
}

Line densified_geodesic(const Line& ring) {
  const auto& geodesic = GeographicLib::Geodesic::WGS84();
  return densified(ring, ring, [&](const End& a, const End& b) {
    const auto [from, to] = earlier(a.place, b.place) ? std::pair(a.place, b.place) : std::pair(b.place, a.place);
    const auto course = geodesic.InverseLine(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg);
    LonLat at;
    course.Position(course.Distance() / 2, at.lat_deg, at.lon_deg);
    at = beside(at, from);
    return End{at, at};
  });
}

Line densified_spherical(const Line& ring) {
  return densified(ring, ring, [](const End& a, const End& b) {
    const auto one = to_vector(a.place);
    const auto other = to_vector(b.place);
    const Vector sum{one.x + other.x, one.y + other.y, one.z + other.z};
    const LonLat at = beside({std::atan2(sum.y, sum.x) * 180 / std::numbers::pi,
                              std::atan2(sum.z, std::hypot(sum.x, sum.y)) * 180 / std::numbers::pi},
                             middle_of(a.place, b.place));
    return End{at, at};
  });
}

}  // namespace kordon::geo
