#pragma once

#include <optional>
#include <vector>

#include "evaluation/evaluate_request.hpp"
#include "geo/index.hpp"
#include "policy/explain.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Where one position stands, and what each program says of it and why. Used again, it allocates for reasons alone.
struct Evaluation {
  std::vector<geo::Standing> standings;         ///< by geo::Target: regions first, then borders
  std::vector<double> signed_m;                 ///< likewise, as policy::Measurement takes it
  std::vector<double> bearings_deg;             ///< by border, to its nearest point, see stated_bearing_deg; NaN: none
  std::vector<policy::Outcome> outcomes;        ///< one for each program, in their order
  std::vector<policy::Because> because;         ///< what decided; one for each program
  std::vector<std::optional<double>> flips_at;  ///< see policy::flips_at; for Program::parameters, program by program
  bool likely_swapped = false;                  ///< far from every region, and inside one the other way round
};

void evaluate(const world::World& world, const CompiledQuery& terms, const geo::Position& position, Evaluation& out);

}  // namespace kordon::evaluation
