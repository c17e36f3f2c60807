#include "cli/interrupt.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <tuple>

namespace kordon::cli {
namespace {

volatile std::sig_atomic_t seen = 0;
int wake = -1;

void note(int) {
  seen = 1;
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

bool interrupted() { return seen != 0; }

bool wait_for_input(int descriptor) {
  std::array<pollfd, 2> ready{pollfd{descriptor, POLLIN, 0}, pollfd{wake, POLLIN, 0}};
  while (poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR && !interrupted()) {
  }
  return !interrupted();
}

}  // namespace kordon::cli
