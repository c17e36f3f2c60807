// A policy file. A policy that is read without a fault must stand being asked.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "config/read_policy.hpp"
#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"
#include "policy/explain.hpp"
#include "policy/values.hpp"

using namespace kordon;

namespace {

void ask(const policy::Policy& policy) {
  const auto values = policy::choose_values(policy, {});
  fuzz::check(values.has_value());
  const std::vector<double> distances(fuzz::small_world().atlas.target_count(), 1000);
  for (std::size_t activity = 0; activity < policy.activities.size(); ++activity) {
    const auto program = policy::compile(policy, activity, fuzz::now(), *values);
    const auto explanation = policy::explain(program, {distances, fuzz::small_world().accuracy_m, 10});
    fuzz::check(explanation.outcome.margin_lo_m <= explanation.outcome.margin_hi_m);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = std::filesystem::temp_directory_path() / ("kordon-fuzz-" + std::to_string(getpid()) + ".json");
  std::ofstream(file, std::ios::binary) << fuzz::text_of(data, size);
  Faults faults;
  const auto policy = config::read_policy(file, &fuzz::small_world().atlas, faults);
  std::filesystem::remove(file);
  if (faults.empty()) ask(policy);
  return 0;
}
