#include "cli/interrupt.hpp"

#include <csignal>

namespace kordon::cli {
namespace {

volatile std::sig_atomic_t seen = 0;

}  // namespace

void note_interrupts() {
  struct sigaction action{};
  action.sa_handler = [](int) { seen = 1; };
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return seen != 0; }

}  // namespace kordon::cli
