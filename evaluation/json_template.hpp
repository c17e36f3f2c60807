#pragma once

#include <string>
#include <vector>

#include "evaluation/evaluate_request.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Prefix and suffix: JSON around a value that differs from answer to answer.
struct Affixes {
  std::string before;
  std::string after;
};

/// Response template of a compiled query: the pieces of JSON that all its answers share, written once.
/// `write_evaluation` puts them together.
struct ResponseTemplate {
  ResponseTemplate(const world::World& world, const CompiledQuery& query);

  struct Verdict {
    std::string head;                 ///< up to the verdict's name, its opening quote included
    std::vector<Affixes> parameters;  ///< by Program::parameters, around where the verdict flips
  };

  std::vector<std::string> regions;  ///< by region, up to its state, the opening quote included
  std::vector<Affixes> borders;      ///< by border section, around its distance and all that goes with it
  std::vector<Verdict> verdicts;     ///< by CompiledQuery::programs
  std::string warnings;              ///< of all programs, each once
};

}  // namespace kordon::evaluation
