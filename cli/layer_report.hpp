#pragma once

#include <string>

#include "geo/atlas/fault.hpp"
#include "world/world.hpp"

namespace kordon::cli {

/// What one needs to know to trust the layers of a world, for people: each layer's extent, vertices, reference system
/// and datum shift, repairs; each region's coast, which no other region shares; each border section's shared and
/// unshared length. Ends with the line `good: ...`.
std::string layer_report(const world::World& world);

/// The same for machines, as one JSON object: `layers`, `regions`, `borders`, `side_by_side`, `warnings`,
/// `data_version`.
std::string layer_report_json(const world::World& world);

/// Of what could not be loaded: `{"faults": [{"where": ..., "message": ...}]}`.
std::string faults_json(const Faults& faults);

}  // namespace kordon::cli
