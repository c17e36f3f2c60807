#include <iostream>

#include "cli/commands.hpp"
#include "cli/layer_report.hpp"
#include "world/world.hpp"

namespace kordon::cli {

void print_faults(const Faults& faults) {
  for (const auto& fault : faults) std::cerr << fault.where << ": " << fault.message << '\n';
  std::cerr << faults.size() << (faults.size() == 1 ? " fault\n" : " faults\n");
}

int check(const std::filesystem::path& config, bool as_json) {
  const auto world = world::load_world(config);
  if (!world) {
    if (as_json) std::cout << faults_json(world.error()) << '\n';
    print_faults(world.error());
    return exit_bad;
  }
  for (const auto& warning : (*world)->warnings) {
    std::cerr << "warning: " << warning.where << ": " << warning.message << '\n';
  }
  std::cout << (as_json ? layer_report_json(**world) + '\n' : layer_report(**world));
  return exit_good;
}

}  // namespace kordon::cli
