#include "evaluation/evaluate.hpp"

#include <iostream>

#include "cli/commands.hpp"
#include "cli/sentence.hpp"
#include "evaluation/json_body.hpp"

namespace kordon::cli {

int evaluate(const std::filesystem::path& config, const evaluation::Members& members) {
  const auto world = world::load_world(config, world::Parts::answers);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  evaluation::Evaluator evaluator(**world);
  const auto json = evaluation::evaluate_one(evaluator, members, now);
  if (!json) {
    std::cerr << sentence(json.error()) << '\n';
    return exit_bad;
  }
  std::cout << evaluation::indented(*json) << '\n';
  return exit_good;
}

}  // namespace kordon::cli
