#include "areas/rings.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/earth/ecef.hpp"

namespace kordon::areas {
namespace {

constexpr double radian = std::numbers::pi / 180;
/// Edges that span less latitude than this have their area by the density at their middle.
constexpr double piece_deg = 2;
/// A ring that spans less latitude has its area by the density at its centroid.
constexpr double small_deg = 0.005;

/// Gauss and Legendre's rule of four points on [0, 1].
constexpr std::array<double, 4> nodes{0.06943184420297371, 0.33000947820757187, 0.66999052179242813,
                                      0.93056815579702629};
constexpr std::array<double, 4> weights{0.17392742256872693, 0.32607257743127307, 0.32607257743127307,
                                        0.17392742256872693};

/// Square metres to a degree of longitude and one of latitude.
double density(double lat_deg) {
  const auto lat = geo::sincos_deg(lat_deg);
  const double w = 1 - geo::wgs84_e2 * lat.sin * lat.sin;
  return geo::wgs84_b_m * geo::wgs84_b_m * lat.cos / (w * w) * radian * radian;
}

/// Area between two parallels, to a degree of longitude: from `base_deg` up to `lat_deg`.
double strip_m2(double base_deg, double lat_deg) {
  const auto pieces = static_cast<int>(std::abs(lat_deg - base_deg) / piece_deg) + 1;
  const double step = (lat_deg - base_deg) / pieces;
  double sum = 0;
  for (int piece = 0; piece < pieces; ++piece) {
    for (std::size_t i = 0; i < nodes.size(); ++i) sum += weights[i] * density(base_deg + (piece + nodes[i]) * step);
  }
  return sum * step;
}

/// What an edge adds: the area between it and the base parallel, east to west positive.
double below_m2(const Corner& from, const Corner& to, double base_deg) {
  const double dlon_deg = from.lon_deg - to.lon_deg;
  if (dlon_deg == 0) return 0;
  const auto pieces = static_cast<int>(std::abs(to.lat_deg - from.lat_deg) / piece_deg) + 1;
  double sum = 0;
  for (int piece = 0; piece < pieces; ++piece) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const double t = (piece + nodes[i]) / pieces;
      sum += weights[i] * strip_m2(base_deg, from.lat_deg + t * (to.lat_deg - from.lat_deg));
    }
  }
  return sum / pieces * dlon_deg;
}

/// Of a ring so small that the density is linear in it.
double small_area_m2(std::span<const Corner> ring) {
  const auto& origin = ring.front();
  double twice = 0;
  double moment = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const double ax = ring[i].lon_deg - origin.lon_deg;
    const double ay = ring[i].lat_deg - origin.lat_deg;
    const double bx = ring[i + 1].lon_deg - origin.lon_deg;
    const double by = ring[i + 1].lat_deg - origin.lat_deg;
    const double part = ax * by - bx * ay;
    twice += part;
    moment += part * (ay + by) / 3;
  }
  return twice == 0 ? 0 : twice / 2 * density(origin.lat_deg + moment / twice);
}

Ring clipped(const Ring& ring, const HalfPlane& half) {
  Ring out;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& from = ring[i];
    const auto& to = ring[i + 1 == ring.size() ? 0 : i + 1];
    const double from_side = half.side(from);
    const double to_side = half.side(to);
    if (from_side >= 0) out.push_back(from);
    if ((from_side >= 0) == (to_side >= 0)) continue;
    const double t = from_side / (from_side - to_side);
    out.push_back({from.lon_deg + t * (to.lon_deg - from.lon_deg), from.lat_deg + t * (to.lat_deg - from.lat_deg)});
  }
  if (out.size() < 3) out.clear();
  return out;
}

}  // namespace

Rings clipped(const Rings& rings, const HalfPlane& half) {
  Rings out;
  for (const auto& ring : rings) {
    auto part = clipped(ring, half);
    if (!part.empty()) out.push_back(std::move(part));
  }
  return out;
}

double area_m2(std::span<const Corner> ring) {
  double south = ring.front().lat_deg;
  double north = south;
  for (const auto& corner : ring) south = std::min(south, corner.lat_deg), north = std::max(north, corner.lat_deg);
  if (north - south < small_deg) return small_area_m2(ring);
  const double base_deg = (south + north) / 2;
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    sum += below_m2(ring[i], ring[i + 1 == ring.size() ? 0 : i + 1], base_deg);
  }
  return sum;
}

double area_m2(const Rings& rings) {
  double sum = 0;
  for (const auto& ring : rings) sum += area_m2(ring);
  return sum;
}

bool contains(const Rings& rings, const Corner& place) {
  bool inside = false;
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const auto& a = ring[i];
      const auto& b = ring[i + 1 == ring.size() ? 0 : i + 1];
      if ((a.lat_deg > place.lat_deg) == (b.lat_deg > place.lat_deg)) continue;
      const double t = (place.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg);
      if (a.lon_deg + t * (b.lon_deg - a.lon_deg) < place.lon_deg) inside = !inside;
    }
  }
  return inside;
}

Box box_of(const Rings& rings) {
  const auto& first = rings.front().front();
  Box box{first.lon_deg, first.lat_deg, first.lon_deg, first.lat_deg};
  for (const auto& ring : rings) {
    for (const auto& corner : ring) {
      box.west = std::min(box.west, corner.lon_deg), box.east = std::max(box.east, corner.lon_deg);
      box.south = std::min(box.south, corner.lat_deg), box.north = std::max(box.north, corner.lat_deg);
    }
  }
  return box;
}

}  // namespace kordon::areas
