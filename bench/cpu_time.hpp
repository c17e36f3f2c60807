#pragma once

#include <ctime>

namespace kordon::bench {

/// What the calling thread has had of a processor: not stretched by others' load, as the wall's clock is.
inline double thread_cpu_s() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace kordon::bench
