#pragma once

#include <optional>
#include <vector>

#include "evaluation/evaluate_request.hpp"
#include "geo/index.hpp"
#include "policy/explain.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Evaluation of one position: where it stands, and each program's outcome with its reason. Used again, it allocates
/// for reasons alone.
struct Evaluation {
  geo::Survey survey;
  std::vector<double> signed_m;      ///< by geo::Target, as policy::Measurement takes it; of those in the survey only
  std::vector<double> bearings_deg;  ///< by item of the survey, to a border section's nearest point, see
                                     ///< stated_bearing_deg; NaN: none
  std::vector<policy::Outcome> outcomes;        ///< one for each program, in their order
  std::vector<policy::Because> because;         ///< the reason; one for each program
  std::vector<std::optional<double>> flips_at;  ///< see policy::flips_at; for Program::parameters, program by program
  bool likely_swapped = false;                  ///< far from every region, and inside one the other way round
};

void evaluate(const world::World& world, const CompiledQuery& query, const geo::Position& position, Evaluation& out);

}  // namespace kordon::evaluation
