#include "geo/edge_index/far_distance.hpp"

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <limits>
#include <numbers>

#include "geo/earth/geodesic_series.hpp"

namespace kordon::geo::edge_index {
namespace {

/// From here on directions of chords and geodesics part.
constexpr double antipodal_m = 15e6;

struct Along {
  double distance_m;
  double slope_m;  ///< derivative of the distance by t
};

Along look(const Edges& edges, const Query& query, Edge edge, double t) {
  const auto at = edges.place_at(edge, t);
  double distance_m = 0;
  double azimuth_deg = 0;
  double arrival_deg = 0;
  GeographicLib::Geodesic::WGS84().Inverse(query.place.lat_deg, query.place.lon_deg, at.lat_deg, at.lon_deg, distance_m,
                                           azimuth_deg, arrival_deg);
  const auto lat = sincos_deg(at.lat_deg);
  const auto arrival = sincos_deg(arrival_deg);
  const auto& from = edges.place[edge];
  const auto& to = edges.place[edge + 1];
  constexpr double radian = std::numbers::pi / 180;
  const double w = 1 - wgs84_e2 * lat.sin * lat.sin;
  const double east_m = (to.lon_deg - from.lon_deg) * radian * lat.cos * wgs84_a_m / std::sqrt(w);
  const double north_m = (to.lat_deg - from.lat_deg) * radian * wgs84_a_m * (1 - wgs84_e2) / (w * std::sqrt(w));
  return {distance_m, east_m * arrival.sin + north_m * arrival.cos};
}

}  // namespace

double geodesic_to_ball_at_least_m(const Query& query, const Ball& ball) {
  if (ball.radius_m < 0) return std::numeric_limits<double>::infinity();
  const auto centre = ball.centre;
  const double scale = length(Vec3{centre.x / wgs84_a_m, centre.y / wgs84_a_m, centre.z / wgs84_b_m});
  if (!(scale > 0.5)) return 0;  // half the Earth
  const auto foot = (1 / scale) * centre;
  // No chord is this far from the foot, and no geodesic longer than half a circle over its chord.
  const double chord_m = ball.radius_m + length(foot - centre);
  return geodesic_at_least_m(query.p, foot) - (chord_m < 1e6 ? 1.01 : std::numbers::pi / 2 * 1.01) * chord_m;
}

Nearest measure_by_inverse(const Edges& edges, const Query& query, Edge edge, double t, double below_m) {
  const double length_m = length(edges.vertex(edge + 1) - edges.vertex(edge));
  const double least_m = geodesic_at_least_m(query.p, edges.at(edge, t));
  // At t the chord does not shrink along the edge, and short of the antipode the geodesic arrives within 0.01 of the
  // chord's direction.
  const double shrinks_m = least_m < antipodal_m ? 0.02 * length_m + length_m * length_m / least_m : length_m;
  if (least_m - shrinks_m > below_m) return {};
  const auto guess = look(edges, query, edge, t);
  // Along the whole edge the distance stays above its tangent at t by no less than this.
  if (guess.distance_m - std::abs(guess.slope_m) - length_m * length_m / guess.distance_m > below_m) return {};
  Nearest best{guess.distance_m, edge, t};
  auto low = look(edges, query, edge, 0);
  auto high = look(edges, query, edge, 1);
  best.offer({low.distance_m, edge, 0});
  best.offer({high.distance_m, edge, 1});
  double from = 0;
  double to = 1;
  // Regula falsi on the slope. A point that is off by 20 m is too far by 20^2 / 2 / 400 km = 0.5 mm.
  for (int round = 0; round < 30 && low.slope_m < 0 && high.slope_m > 0 && (to - from) * length_m > 20; ++round) {
    const double share = std::clamp(low.slope_m / (low.slope_m - high.slope_m), 0.01, 0.99);
    const double middle = from + share * (to - from);
    const auto here = look(edges, query, edge, middle);
    best.offer({here.distance_m, edge, middle});
    if (here.slope_m * here.slope_m * wgs84_a_m < 1e-4 * length_m * length_m) break;
    (here.slope_m < 0 ? low : high) = here;
    (here.slope_m < 0 ? from : to) = middle;
  }
  return best;
}

}  // namespace kordon::geo::edge_index
