#pragma once

#include <filesystem>

#include "cli/server_settings.hpp"
#include "config/config.hpp"
#include "evaluation/member.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::cli {

/// Exit statuses of the program.
inline constexpr int exit_good = 0;
inline constexpr int exit_nothing = 3;  ///< a batch without a row, or with nothing but rows in error
inline constexpr int exit_bad = 1;      ///< faulty configuration or input, each fault on standard error

struct ServeOptions {
  std::filesystem::path config;
  ServerSettings server;  ///< instead of the configuration's
  bool access_log = true;
};

/// Loads, serves until SIGTERM or SIGINT, finishes what is under way. A second signal ends the program at once.
int serve(const ServeOptions& options);

/// Asks the service that these options would start whether it is ready; `exit_good` if it is. Gives up after 5 seconds.
int health(const ServeOptions& options);

/// Prints the answer of `GET /v1/evaluate` with these members, indented.
int evaluate(const std::filesystem::path& config, const evaluation::Members& members);

/// Makes a bearer token: its line for the file of tokens on standard output, its secret, once, on standard error.
int token(const std::string& name);

/// Loads everything and prints every fault, or what was loaded: for people, or as JSON.
int check(const std::filesystem::path& config, bool as_json);

/// Loads the layers for a service that started this process (server::LayerLoader): what they come to goes to
/// descriptors 3 and 4.
int load_layers(const std::filesystem::path& config);

/// One line each on standard error, and how many there are.
void print_faults(const Faults& faults);

/// The configuration that ships: beside the installed program (`../share/kordon/config/kordon.json`), else in the
/// source tree that the program was built from.
std::filesystem::path default_config();

}  // namespace kordon::cli
