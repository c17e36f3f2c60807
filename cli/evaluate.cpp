#include "api/evaluate.hpp"

#include <iostream>

#include "api/json_body.hpp"
#include "cli/commands.hpp"
#include "cli/sentence.hpp"

namespace kordon::cli {

int evaluate(const std::filesystem::path& config, const api::Members& members) {
  const auto world = config::load_world(config);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  api::AnswerMemo memo(**world);
  const auto json = api::evaluate_one(memo, members, now);
  if (!json) {
    std::cerr << sentence(json.error()) << '\n';
    return exit_bad;
  }
  std::cout << api::indented(*json) << '\n';
  return exit_good;
}

}  // namespace kordon::cli
