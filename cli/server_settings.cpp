#include "cli/server_settings.hpp"

namespace kordon::cli {
namespace {

constexpr unsigned most_threads = 4096;
constexpr unsigned day_ms = 86'400'000;

void keep(const std::optional<std::string>& text, const char* flag, auto& into, Faults& faults) {
  if (!text) return;
  auto endpoint = config::parse_endpoint(*text);
  if (endpoint) {
    into = std::move(*endpoint);
  } else {
    faults.push_back({std::string(flag) + " " + *text, endpoint.error()});
  }
}

}  // namespace

void add_server_settings(CLI::App& command, ServerSettings& settings) {
  command.add_option("--listen", settings.listen, "Where to listen")->type_name("ADDR:PORT")->envname("KORDON_LISTEN");
  command.add_option("--admin-listen", settings.admin_listen, "Where probes and metrics are, alone")
      ->type_name("ADDR:PORT")
      ->envname("KORDON_ADMIN_LISTEN");
  command.add_option("--threads", settings.threads, "0: one for each core")
      ->check(CLI::Range(0U, most_threads))
      ->envname("KORDON_THREADS");
  command.add_option("--unready-ms", settings.unready_ms, "When asked to stop: unready for so long, then closed")
      ->check(CLI::Range(0U, day_ms))
      ->envname("KORDON_UNREADY_MS");
  command.add_option("--shutdown-ms", settings.shutdown_ms, "When asked to stop: for what is under way")
      ->check(CLI::Range(1U, day_ms))
      ->envname("KORDON_SHUTDOWN_MS");
}

Faults apply(const ServerSettings& settings, config::ServerConfig& server) {
  Faults faults;
  keep(settings.listen, "--listen", server.listen, faults);
  keep(settings.admin_listen, "--admin-listen", server.admin_listen, faults);
  if (settings.threads) server.threads = *settings.threads;
  if (settings.unready_ms) server.timeouts.unready = std::chrono::milliseconds(*settings.unready_ms);
  if (settings.shutdown_ms) server.timeouts.shutdown = std::chrono::milliseconds(*settings.shutdown_ms);
  return faults;
}

}  // namespace kordon::cli
