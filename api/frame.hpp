#pragma once

#include <string>
#include <vector>

#include "api/evaluate_request.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// JSON around what differs from answer to answer.
struct Around {
  std::string before;
  std::string after;
};

/// What all answers under the same terms have in common: pieces of JSON, written once. `write_evaluation` puts them
/// together.
struct Frame {
  Frame(const config::World& world, const Terms& terms);

  struct Verdict {
    std::string head;                ///< up to the verdict's name, its opening quote included
    std::vector<Around> clauses;     ///< by Program::clauses, around what the clause compares
    std::vector<Around> parameters;  ///< by Program::parameters, around where the verdict flips
  };

  std::vector<std::string> regions;  ///< by region, up to its state, the opening quote included
  std::vector<Around> borders;       ///< by border section, around its distance and all that goes with it
  std::vector<Verdict> verdicts;     ///< by Terms::programs
  std::string warnings;              ///< of all programs, each once
};

}  // namespace kordon::api
