#pragma once

#include <string>
#include <vector>

#include "api/evaluate_request.hpp"
#include "config/world.hpp"
#include "geo/index.hpp"
#include "policy/explain.hpp"

namespace kordon::api {

/// Where one position stands, and what each program says of it.
struct Evaluation {
  std::vector<geo::Standing> standings;           ///< by geo::Target: regions first, then borders
  std::vector<policy::Explanation> explanations;  ///< one for each program, in their order
  std::vector<std::string> warnings;              ///< of place and programs, each once
};

Evaluation evaluate(const config::World& world, const Terms& terms, const Place& place);

}  // namespace kordon::api
