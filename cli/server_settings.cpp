#include "cli/server_settings.hpp"

#include <fmt/format.h>

#include <charconv>

namespace kordon::cli {
namespace {

constexpr unsigned most_threads = 4096;
constexpr unsigned day_ms = 86'400'000;

struct Range {
  unsigned least;
  unsigned most;
};

std::optional<unsigned> whole_number(std::string_view text, Range range) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value >= range.least && value <= range.most ? std::optional(value) : std::nullopt;
}

/// `name`: the flag and its variable of the environment.
std::optional<unsigned> read_number(const std::optional<std::string>& text, std::string_view name, Range range,
                                    Faults& faults) {
  if (!text) return std::nullopt;
  const auto value = whole_number(*text, range);
  if (!value) {
    faults.push_back({fmt::format("{} {}", name, *text),
                      fmt::format("expected a whole number from {} to {}", range.least, range.most)});
  }
  return value;
}

void keep(const std::optional<std::string>& text, const char* name, auto& into, Faults& faults) {
  if (!text) return;
  auto endpoint = config::parse_endpoint(*text);
  if (endpoint) {
    into = std::move(*endpoint);
  } else {
    faults.push_back({std::string(name), endpoint.error()});
  }
}

}  // namespace

void add_server_settings(CLI::App& command, ServerSettings& settings) {
  command.add_option("--listen", settings.listen, "Where to listen")->type_name("ADDR:PORT")->envname("KORDON_LISTEN");
  command.add_option("--admin-listen", settings.admin_listen, "Where probes and metrics are, alone")
      ->type_name("ADDR:PORT")
      ->envname("KORDON_ADMIN_LISTEN");
  command.add_option("--threads", settings.threads, "0: one for each processor that it may use")
      ->type_name("NUMBER")
      ->envname("KORDON_THREADS");
  command.add_option("--unready-ms", settings.unready_ms, "When asked to stop: unready for so long, then closed")
      ->type_name("MILLISECONDS")
      ->envname("KORDON_UNREADY_MS");
  command.add_option("--shutdown-ms", settings.shutdown_ms, "When asked to stop: for what is under way")
      ->type_name("MILLISECONDS")
      ->envname("KORDON_SHUTDOWN_MS");
}

Faults apply(const ServerSettings& settings, config::ServerConfig& server) {
  Faults faults;
  keep(settings.listen, "--listen or KORDON_LISTEN", server.listen, faults);
  keep(settings.admin_listen, "--admin-listen or KORDON_ADMIN_LISTEN", server.admin_listen, faults);
  const auto threads = read_number(settings.threads, "--threads or KORDON_THREADS", {0, most_threads}, faults);
  const auto unready_ms = read_number(settings.unready_ms, "--unready-ms or KORDON_UNREADY_MS", {0, day_ms}, faults);
  const auto shutdown_ms =
      read_number(settings.shutdown_ms, "--shutdown-ms or KORDON_SHUTDOWN_MS", {1, day_ms}, faults);
  if (threads) server.threads = *threads;
  if (unready_ms) server.timeouts.unready = std::chrono::milliseconds(*unready_ms);
  if (shutdown_ms) server.timeouts.shutdown = std::chrono::milliseconds(*shutdown_ms);
  return faults;
}

}  // namespace kordon::cli
