#include <unistd.h>

#include <csignal>
#include <iostream>

#include "cli/commands.hpp"
#include "server/probe.hpp"

namespace kordon::cli {
namespace {

constexpr unsigned patience_s = 5;
constexpr int status_ok = 200;

void give_up(int) { std::_Exit(exit_bad); }

}  // namespace

int health(const ServeOptions& options) {
  Faults faults;
  auto server = config::read_config(options.config, faults).server;
  const auto more = apply(options.server, server);
  faults.insert(faults.end(), more.begin(), more.end());
  if (!faults.empty()) {
    print_faults(faults);
    return exit_bad;
  }
  std::signal(SIGALRM, give_up);
  alarm(patience_s);
  const auto status =
      server::ask_readiness(server.admin_listen.value_or(server.listen), server.tls && !server.admin_listen);
  if (!status) {
    std::cerr << status.error() << '\n';
    return exit_bad;
  }
  std::cout << (*status == status_ok ? "ready\n" : "not ready\n");
  return *status == status_ok ? exit_good : exit_bad;
}

}  // namespace kordon::cli
