#include <iostream>

#include "cli/commands.hpp"
#include "world/world.hpp"

namespace kordon::cli {

void print_faults(const Faults& faults) {
  for (const auto& fault : faults) std::cerr << fault.where << ": " << fault.message << '\n';
  std::cerr << faults.size() << (faults.size() == 1 ? " fault\n" : " faults\n");
}

int check(const std::filesystem::path& config) {
  const auto world = world::load_world(config);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  const auto& loaded = **world;
  for (const auto& warning : loaded.warnings) {
    std::cerr << "warning: " << warning.where << ": " << warning.message << '\n';
  }
  std::cout << "good: " << loaded.atlas.regions.size() << " regions, " << loaded.atlas.borders.size()
            << " border sections, " << loaded.policies.size() << " policies, data " << loaded.data_version << '\n';
  return exit_good;
}

}  // namespace kordon::cli
