#include "bench/fractal.hpp"

#include <cmath>
#include <random>

#include "geo/atlas/topology.hpp"

namespace kordon::bench {
namespace {

constexpr std::size_t finest = 1'000'000;
constexpr std::size_t halvings = 20;  ///< 2^20 > finest
constexpr double roughness = 0.8;     ///< each halving moves middles 2^-0.8 as far as the one before
constexpr geo::LonLat west_south{30, 45};
constexpr geo::LonLat east_north{44, 55};

/// Latitudes by random displacement of middles.
std::vector<double> rough_latitudes() {
  constexpr std::size_t steps = std::size_t{1} << halvings;
  std::vector<double> lat_deg(steps + 1, 50.25);
  std::mt19937_64 random(7);
  std::normal_distribution<double> gauss;
  double move_deg = 0.4;
  for (std::size_t step = steps; step > 1; step /= 2, move_deg *= std::exp2(-roughness)) {
    for (std::size_t i = 0; i < steps; i += step) {
      lat_deg[i + step / 2] = (lat_deg[i] + lat_deg[i + step]) / 2 + move_deg * gauss(random);
    }
  }
  return lat_deg;
}

/// From west to east, with ends on the sides of the box.
geo::Line rough_line(std::size_t edges) {
  const auto lat_deg = rough_latitudes();
  geo::Line line{{west_south.lon_deg, lat_deg.front()}};
  const std::size_t step = finest / edges;
  for (std::size_t i = 0; i <= finest; i += step) {
    line.push_back({33 + 8 * static_cast<double>(i) / static_cast<double>(finest), lat_deg[i]});
  }
  line.push_back({east_north.lon_deg, lat_deg[finest]});
  return line;
}

geo::Region region(const char* id, geo::Line ring) { return {id, id, "fractal", 0, {std::move(ring)}}; }

}  // namespace

geo::Atlas fractal_atlas(std::size_t edges) {
  auto north = rough_line(edges);
  geo::Line south(north.rbegin(), north.rend());
  const auto west = north.front();
  const auto east = north.back();
  north.insert(north.end(), {east_north, {west_south.lon_deg, east_north.lat_deg}, west});
  south.insert(south.end(), {west_south, {east_north.lon_deg, west_south.lat_deg}, east});
  geo::Atlas atlas;
  atlas.regions = {region("N", std::move(north)), region("S", std::move(south))};
  geo::derive_topology(atlas);
  return atlas;
}

}  // namespace kordon::bench
