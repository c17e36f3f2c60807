#pragma once

#include <string>
#include <vector>

#include "batch/measure.hpp"
#include "geo/atlas/atlas.hpp"

namespace kordon::bench {

/// Seeded positions, in columns.
struct Workload {
  std::string name;
  std::vector<double> lon_deg, lat_deg;

  [[nodiscard]] std::size_t size() const { return lon_deg.size(); }
  [[nodiscard]] geo::LonLat place(std::size_t i) const { return {lon_deg[i], lat_deg[i]}; }
  [[nodiscard]] batch::Positions positions() const { return {lon_deg, lat_deg}; }
};

/// Evenly in 33..41 E, 48..52.5 N, in degrees.
Workload theatre(std::size_t count);
/// Up to 5 km, in any direction, from places evenly along a border section's edges.
Workload near_border(const geo::Border& border, std::size_t count);
/// Evenly over the Earth.
Workload whole_world(std::size_t count);

}  // namespace kordon::bench
