#include "tracks/path.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/GeodesicLine.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "geo/earth/ecef.hpp"
#include "geo/earth/geodesic_series.hpp"

namespace kordon::tracks {
namespace {

constexpr double radian = std::numbers::pi / 180;
/// Shorter edges than this, as shares of the Earth's radius, are as long as their chord says.
constexpr double short_edge_m = 50e3;
/// By which a planar edge may differ from a geodesic to be measured as one, metres.
constexpr double bend_m = 1e-5;
/// Longer differences in latitude are integrated piece by piece.
constexpr double piece_deg = 4;
/// What latitude can do to the speed along an edge that spans little of it, away from the poles.
constexpr double short_stretch = 1.005;
constexpr double short_span_deg = 0.05;
constexpr double steep_lat_deg = 80;

/// Gauss and Legendre's rule of five points on [0, 1].
constexpr std::array<double, 5> nodes{0.04691007703066800, 0.23076534494715845, 0.5, 0.76923465505284155,
                                      0.95308992296933200};
constexpr std::array<double, 5> weights{0.11846344252809454, 0.23931433524968324, 0.28444444444444444,
                                        0.23931433524968324, 0.11846344252809454};

/// A planar edge from one place, with its differences in degrees.
struct PlanarEdge {
  geo::LonLat from;
  double dlon_deg;
  double dlat_deg;

  PlanarEdge(geo::LonLat a, geo::LonLat b)
      : from(a), dlon_deg(shorter_way_deg(a.lon_deg, b.lon_deg)), dlat_deg(b.lat_deg - a.lat_deg) {}

  /// Derivative of the length by t.
  [[nodiscard]] double speed_m(double t) const {
    const auto lat = geo::sincos_deg(from.lat_deg + t * dlat_deg);
    const double w = 1 - geo::wgs84_e2 * lat.sin * lat.sin;
    const double east_m = geo::wgs84_a_m / std::sqrt(w) * lat.cos * dlon_deg * radian;
    const double north_m = geo::wgs84_a_m * (1 - geo::wgs84_e2) / (w * std::sqrt(w)) * dlat_deg * radian;
    return std::hypot(east_m, north_m);
  }

  [[nodiscard]] double length_m(double until) const {
    const auto pieces = static_cast<int>(std::ceil(std::abs(dlat_deg) * until / piece_deg)) + 1;
    const double step = until / pieces;
    double sum_m = 0;
    for (int piece = 0; piece < pieces; ++piece) {
      for (std::size_t i = 0; i < nodes.size(); ++i) sum_m += weights[i] * speed_m((piece + nodes[i]) * step);
    }
    return sum_m * step;
  }

  /// No speed along the edge is greater.
  [[nodiscard]] double top_speed_m() const {
    const double to_deg = from.lat_deg + dlat_deg;
    const bool spans_equator = (from.lat_deg < 0) != (to_deg < 0);
    const double low_deg = spans_equator ? 0 : std::min(std::abs(from.lat_deg), std::abs(to_deg));
    const double high_deg = std::max(std::abs(from.lat_deg), std::abs(to_deg));
    const auto high = geo::sincos_deg(high_deg);
    const double w = 1 - geo::wgs84_e2 * high.sin * high.sin;
    const double east_m = geo::wgs84_a_m / std::sqrt(w) * geo::sincos_deg(low_deg).cos * dlon_deg * radian;
    const double north_m = geo::wgs84_a_m * (1 - geo::wgs84_e2) / (w * std::sqrt(w)) * dlat_deg * radian;
    return std::hypot(east_m, north_m);
  }

  /// Whether the chord's geodesic is as long.
  [[nodiscard]] bool is_short(double chord_m) const {
    const double turn = dlon_deg * radian;
    return chord_m < short_edge_m && turn * turn * chord_m / 24 < bend_m;
  }

  /// How much faster than on average the length can grow.
  [[nodiscard]] double stretch(double edge_m) const {
    const bool small = std::abs(dlat_deg) < short_span_deg && std::abs(from.lat_deg) < steep_lat_deg;
    return small || !(edge_m > 0) ? short_stretch : std::max(1.0, top_speed_m() / edge_m) * short_stretch;
  }
};

double wrapped_deg(double lon_deg) {
  if (lon_deg > 180) return lon_deg - 360;
  return lon_deg < -180 ? lon_deg + 360 : lon_deg;
}

double geodesic_m(geo::LonLat a, geo::LonLat b) {
  double metres = 0;
  GeographicLib::Geodesic::WGS84().Inverse(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg, metres);
  return metres;
}

/// Eight edges as straight lines through space, and as the geodesics that short ones are.
struct EdgesOnChords {
  geo::Lanes chord_m;
  geo::Lanes short_geodesic_m;
};

/// The first eight edges between places, or as many as there are.
KORDON_CLONES
EdgesOnChords measure(std::span<const geo::LonLat> places) {
  geo::Lanes from_lon, from_lat, to_lon, to_lat;
  for (std::size_t i = 0; i < geo::lane_count; ++i) {
    const auto from = places[std::min(i, places.size() - 1)];
    const auto to = places[std::min(i + 1, places.size() - 1)];
    from_lon[i] = from.lon_deg, from_lat[i] = from.lat_deg;
    to_lon[i] = to.lon_deg, to_lat[i] = to.lat_deg;
  }
  EdgesOnChords edges;
  KORDON_EACH_LANE(i) {
    const auto from = geo::to_ecef(from_lon[i], from_lat[i]);
    const auto chord = geo::to_ecef(to_lon[i], to_lat[i]) - from;
    edges.chord_m[i] = geo::length(chord);
    edges.short_geodesic_m[i] = geo::short_geodesic_from_chord_m(from, chord);
  }
  return edges;
}

}  // namespace

double shorter_way_deg(double from_deg, double to_deg) { return wrapped_deg(to_deg - from_deg); }

Path::Path(std::span<const geo::LonLat> places, EdgeKind kind) : places_(places.begin(), places.end()), kind_(kind) {
  lengths_m_.reserve(places_.size());
  lengths_m_.push_back(0);
  EdgesOnChords measured;
  for (std::size_t i = 0; i + 1 < places_.size(); ++i) {
    const auto lane = i % geo::lane_count;
    if (lane == 0) measured = measure(std::span(places_).subspan(i));
    const PlanarEdge edge(places_[i], places_[i + 1]);
    const double chord_m = measured.chord_m[lane];
    const bool planar = kind == EdgeKind::planar;
    double edge_m = measured.short_geodesic_m[lane];
    if (planar && !edge.is_short(chord_m)) edge_m = edge.length_m(1);
    if (!planar && !(chord_m < short_edge_m)) edge_m = geodesic_m(places_[i], places_[i + 1]);
    if (planar) stretch_ = std::max(stretch_, edge.stretch(edge_m));
    lengths_m_.push_back(lengths_m_.back() + edge_m);
  }
}

Path::OnEdge Path::locate(double along) const {
  const auto holds = [&](std::size_t i) {
    return i + 1 < lengths_m_.size() && lengths_m_[i] <= along && along < lengths_m_[i + 1];
  };
  if (!holds(last_) && holds(last_ + 1)) ++last_;
  if (!holds(last_)) {
    const auto after = std::ranges::upper_bound(lengths_m_, along);
    const auto edge = std::max<std::ptrdiff_t>(after - lengths_m_.begin() - 1, 0);
    const auto edges = static_cast<std::ptrdiff_t>(places_.size()) - 1;
    last_ = static_cast<std::size_t>(std::min(edge, std::max<std::ptrdiff_t>(edges - 1, 0)));
  }
  if (places_.size() == 1) return {0, 0};
  const double edge_m = lengths_m_[last_ + 1] - lengths_m_[last_];
  return {last_, edge_m > 0 ? std::clamp((along - lengths_m_[last_]) / edge_m, 0.0, 1.0) : 0.0};
}

geo::LonLat Path::place_on(std::size_t edge, double t) const {
  const auto from = places_[edge];
  if (t == 0) return from;
  const auto to = places_[edge + 1];
  if (t == 1) return to;
  if (kind_ == EdgeKind::geodesic) {
    const auto line = GeographicLib::Geodesic::WGS84().InverseLine(from.lat_deg, from.lon_deg, to.lat_deg, to.lon_deg);
    geo::LonLat place;
    line.Position(t * line.Distance(), place.lat_deg, place.lon_deg);
    return place;
  }
  return {wrapped_deg(from.lon_deg + t * shorter_way_deg(from.lon_deg, to.lon_deg)),
          from.lat_deg + t * (to.lat_deg - from.lat_deg)};
}

geo::LonLat Path::at(double along) const {
  const auto [edge, t] = locate(along);
  return place_on(edge, t);
}

bool Path::is_one_edge(double from, double to) const {
  const auto first = locate(from).edge;
  return to <= lengths_m_[std::min(first + 1, lengths_m_.size() - 1)];
}

double Path::metres_at(double along) const {
  const auto [edge, t] = locate(along);
  if (kind_ == EdgeKind::geodesic || t == 0 || t == 1) return along;
  const PlanarEdge planar(places_[edge], places_[edge + 1]);
  const double edge_m = lengths_m_[edge + 1] - lengths_m_[edge];
  const double whole_m = planar.length_m(1);
  return whole_m > 0 ? lengths_m_[edge] + planar.length_m(t) / whole_m * edge_m : along;
}

}  // namespace kordon::tracks
