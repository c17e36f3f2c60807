#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "server/descriptor.hpp"

namespace kordon::server {

/// Limits of a child process.
struct ChildLimits {
  std::chrono::milliseconds time{};
  std::size_t memory_bytes = 0;  ///< of its address space
  bool low_priority = false;     ///< it is niced: requests have the processor first
};

struct ChildOutcome {
  enum class End {
    exited,     ///< by itself; `status` is its own
    killed,     ///< by a signal, `status`; memory that it could not have ends it so, too
    timed_out,  ///< and was killed
    cancelled,  ///< and was killed
    failed,     ///< it could not be started
  };
  End end = End::failed;
  int status = 0;
  std::string output;  ///< written to descriptor 3
};

/// Runs this program again with other arguments, in a process that can be ended for certain: with limits, first in line
/// when the machine runs out of memory, and gone when the thread that started it is. Its descriptor 3 is a pipe to here
/// (at most 16 MiB are taken), 4 is `file`, standard output is closed. `cancel` ends it as soon as it can be read.
ChildOutcome run_again(const std::vector<std::string>& arguments, const ChildLimits& limits, const Descriptor& file,
                       const Descriptor& cancel);

}  // namespace kordon::server
