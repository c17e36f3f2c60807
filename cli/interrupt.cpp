#include "cli/interrupt.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <tuple>

namespace kordon::cli {
namespace {

std::atomic<bool> seen = false;
static_assert(std::atomic<bool>::is_always_lock_free);  // as a signal's handler needs it
int wake = -1;

void note(int) {
  seen.store(true, std::memory_order_relaxed);
  const std::uint64_t one = 1;
  std::ignore = write(wake, &one, sizeof one);
}

}  // namespace

void note_interrupts() {
  struct sigaction action{};
  wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool interrupted() { return seen.load(std::memory_order_relaxed); }

std::shared_ptr<const std::atomic<bool>> interruption() { return {std::shared_ptr<void>(), &seen}; }

bool wait_for_input(int descriptor) {
  std::array<pollfd, 2> ready{pollfd{descriptor, POLLIN, 0}, pollfd{wake, POLLIN, 0}};
  while (poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR && !interrupted()) {
  }
  return !interrupted();
}

}  // namespace kordon::cli
