#pragma once

#include <vector>

#include "evaluation/fields.hpp"
#include "geo/edge_index/survey.hpp"
#include "policy/program.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Reads `near_km`, `nearest` and `regions`; targets that the programs read are named in any case. Errors are noted in
/// `fields`.
geo::SurveyQuery read_survey(const world::World& world, const std::vector<policy::Program>& programs, Fields& fields);

}  // namespace kordon::evaluation
