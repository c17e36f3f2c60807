#pragma once

#include <optional>
#include <vector>

#include "api/evaluate_request.hpp"
#include "config/world.hpp"
#include "geo/index.hpp"
#include "policy/evaluate.hpp"

namespace kordon::api {

/// Where one position stands, and what each program says of it. Used again, it allocates nothing.
struct Evaluation {
  std::vector<geo::Standing> standings;         ///< by geo::Target: regions first, then borders
  std::vector<double> signed_m;                 ///< likewise, as policy::Measurement takes it
  std::vector<double> bearings_deg;             ///< by border, to its nearest point, see stated_bearing_deg; NaN: none
  std::vector<policy::Outcome> outcomes;        ///< one for each program, in their order
  std::vector<std::optional<double>> flips_at;  ///< see policy::flips_at; for Program::parameters, program by program
  bool likely_swapped = false;                  ///< far from every region, and inside one the other way round
};

void evaluate(const config::World& world, const Terms& terms, const geo::Position& position, Evaluation& out);

}  // namespace kordon::api
