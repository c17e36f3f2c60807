#include <malloc.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "cli/commands.hpp"
#include "config/processors.hpp"
#include "server/layer_loader.hpp"
#include "server/log.hpp"
#include "server/reloader.hpp"
#include "server/server.hpp"
#include "world/world.hpp"

namespace kordon::cli {
namespace {

constexpr std::chrono::milliseconds farewell_time{1000};  // behind the time that clients are given

sigset_t awaited_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

int wait_for(const sigset_t& signals) {
  int signal = 0;
  sigwait(&signals, &signal);
  return signal;
}

int wait_for_stop(const sigset_t& signals, server::Reloader* reloader) {
  for (;;) {
    const int signal = wait_for(signals);
    if (signal != SIGHUP) return signal;
    if (reloader) reloader->request();
  }
}

std::string url_of(const config::Endpoint& endpoint, bool tls = false) {
  const bool is_v6 = endpoint.address.contains(':');
  return (tls ? "https://" : "http://") + (is_v6 ? "[" + endpoint.address + "]" : endpoint.address) + ":" +
         std::to_string(endpoint.port);
}

/// Whatever still runs then: the process ends.
void end_after(std::chrono::milliseconds time) {
  std::thread([time] {
    std::this_thread::sleep_for(time);
    server::log_error("stopped", "something did not end in time and was left");
    server::flush_log();
    std::_Exit(exit_bad);
  }).detach();
}

void serve_until_stopped(server::Server& server, server::Reloader& reloader, server::LayerLoader& loader,
                         const config::ServerConfig& config) {
  const bool tls = config.tls.has_value();
  const auto signals = awaited_signals();
  server.start();
  server::log_info("listening", url_of(server.endpoint(), tls));
  if (const auto admin = server.admin_endpoint()) server::log_info("listening_admin", url_of(*admin));
  server::log_info("stopping", wait_for_stop(signals, &reloader) == SIGTERM ? "SIGTERM" : "SIGINT");
  loader.cancel();
  server.stop();
  end_after(config.timeouts.unready + config.timeouts.shutdown + farewell_time);
  std::thread([signals] { std::_Exit(128 + wait_for_stop(signals, nullptr)); }).detach();
  server.join();
  server::log_info("stopped", "every request under way was finished or out of time");
}

/// As many as the system lets this process have: each connection takes one.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// A world's arrays are pages of their own, as long as the process lives: left to itself, the allocator would move them
/// into its heaps after the first reload, where a world that is gone leaves holes. And each heap keeps what its threads
/// once needed most: no more heaps than threads that can run at a time, and one.
void bound_heaps() {
  mallopt(M_MMAP_THRESHOLD, 256 << 10U);
  mallopt(M_ARENA_MAX, static_cast<int>(config::usable_processors()) + 1);
}

}  // namespace

int serve(const ServeOptions& options) {
  bound_heaps();
  server::LayerLoader loader;
  const auto load = [&loader](const config::Config& config) { return loader.load(config); };
  auto world = world::load_world(options.config, world::Parts::service, load);
  if (!world) {
    print_faults(world.error());
    return exit_bad;
  }
  auto config = (*world)->config.server;
  if (const auto faults = apply(options.server, config); !faults.empty()) {
    print_faults(faults);
    return exit_bad;
  }
  // Before any thread starts: all inherit it, and the signals arrive in sigwait alone.
  const auto signals = awaited_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  server::start_log(options.access_log);
  for (const auto& warning : (*world)->warnings) server::log_info("warning", warning.where + ": " + warning.message);
  try {
    server::Server server(config, *world);
    server::Reloader reloader(server, options.config, std::move(*world), load);  // so that a reload frees it
    serve_until_stopped(server, reloader, loader, config);
  } catch (const std::exception& fault) {
    print_faults({{url_of(config.listen), fault.what()}});
    return exit_bad;
  }
  server::flush_log();
  return exit_good;
}

}  // namespace kordon::cli
