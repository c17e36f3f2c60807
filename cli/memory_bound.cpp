#include "cli/memory_bound.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <string>

namespace kordon::cli {
namespace {

/// What counts against RLIMIT_DATA now.
rlim_t data_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string name; status >> name;) {
    rlim_t kilobytes = 0;
    if (name == "VmData:" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

}  // namespace

void bound_memory(double more_gb) {
  rlimit limit{};
  if (getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min(limit.rlim_cur, data_bytes() + static_cast<rlim_t>(more_gb * 1e9));
  setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace kordon::cli
