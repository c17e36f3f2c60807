#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/batch_arguments.hpp"
#include "cli/commands.hpp"
#include "cli/plain_text.hpp"

namespace {

using namespace kordon;

/// Everything that the command line can say.
struct Arguments {
  std::string config;
  kordon::cli::ServerSettings serve;
  kordon::cli::ServerSettings health;  // apart: the environment fills those of every command
  bool no_access_log = false;
  bool check_as_json = false;
  std::string token_name;
  std::map<std::string, std::string> members;
  std::vector<std::string> settings;
  kordon::cli::BatchArguments batch;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread starts
  return value ? value : "";
}

void add_config(CLI::App& command, Arguments& arguments) {
  command.add_option("--config", arguments.config, "kordon.json to load (Env:KORDON_CONFIG)")->type_name("FILE");
}

CLI::App* add_serve(CLI::App& app, Arguments& arguments) {
  auto* command = app.add_subcommand("serve", "Answer requests over HTTP");
  add_config(*command, arguments);
  kordon::cli::add_server_settings(*command, arguments.serve);
  command->add_flag("--no-access-log", arguments.no_access_log, "Do not log each request");
  return command;
}

CLI::App* add_health(CLI::App& app, Arguments& arguments) {
  auto* command = app.add_subcommand("health", "Ask the service that these settings start whether it is ready");
  add_config(*command, arguments);
  kordon::cli::add_server_settings(*command, arguments.health);
  return command;
}

CLI::App* add_token(CLI::App& app, Arguments& arguments) {
  auto* command =
      app.add_subcommand("token", "Make a bearer token: its line for the file of tokens, and its secret once");
  command->add_option("NAME", arguments.token_name, "Whose it is, for the log")->required();
  return command;
}

CLI::App* add_evaluate(CLI::App& app, Arguments& arguments) {
  struct Option {
    const char* key;
    const char* flag;
    const char* type;
    const char* help;
  };
  static constexpr std::array options{
      Option{"lon", "--lon", "DEGREES", "Longitude"},
      Option{"lat", "--lat", "DEGREES", "Latitude"},
      Option{"position", "--position", "TEXT", "Decimal degrees (latitude first), DMS, MGRS or UTM"},
      Option{"x", "--x", "METRES", "Easting, or northing where the system has it first; with --crs"},
      Option{"y", "--y", "METRES", "The other one"},
      Option{"crs", "--crs", "CODE", "Reference system of --x and --y, such as EPSG:28407"},
      Option{"accuracy_m", "--accuracy-m", "METRES", "Radius that holds the true place with 95 %"},
      Option{"at", "--at", "TIME", "RFC 3339; default: now"},
      Option{"activity", "--activity", "NAME", "Default: all"},
      Option{"policy", "--policy", "NAME", "Default: all"},
  };
  auto* command = app.add_subcommand("evaluate", "Print where one position stands");
  add_config(*command, arguments);
  for (const auto& [key, flag, type, help] : options) {
    const auto keep = [&arguments, key](const std::string& text) { arguments.members[key] = text; };
    command->add_option_function<std::string>(flag, keep, help)->type_name(type);
  }
  command->add_option("--set", arguments.settings, "A parameter of a policy, as depth_km=60; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  return command;
}

kordon::evaluation::Members members_of(const Arguments& arguments) {
  kordon::evaluation::Members members;
  for (const auto& [key, value] : arguments.members) members.push_back({key, kordon::evaluation::Untyped{value}});
  for (const auto& setting : arguments.settings) {
    const auto equals = std::min(setting.find('='), setting.size());
    const auto value = setting.substr(std::min(equals + 1, setting.size()));
    members.push_back({setting.substr(0, equals), kordon::evaluation::Untyped{value}, true});
  }
  return members;
}

std::filesystem::path config_of(const Arguments& arguments) {
  if (!arguments.config.empty()) return arguments.config;
  const auto from_environment = environment("KORDON_CONFIG");
  return from_environment.empty() ? kordon::cli::default_config() : std::filesystem::path(from_environment);
}

kordon::cli::ServeOptions serve_options(const Arguments& arguments, const kordon::cli::ServerSettings& server) {
  return {config_of(arguments), server, !arguments.no_access_log};
}

int refuse(const std::string& fault) {
  std::cerr << fault << '\n';
  return kordon::cli::exit_bad;
}

int score(const Arguments& arguments) {
  auto options = kordon::cli::score_options(arguments.batch);
  if (!options) return refuse(options.error());
  options->config = config_of(arguments);
  return kordon::cli::score(*options);
}

int watch(const Arguments& arguments) {
  auto options = kordon::cli::watch_options(arguments.batch);
  if (!options) return refuse(options.error());
  options->config = config_of(arguments);
  return kordon::cli::watch(*options);
}

int diff(const Arguments& arguments) {
  auto options = kordon::cli::diff_options(arguments.batch);
  if (!options) return refuse(options.error());
  for (auto* side : {&options->before, &options->after}) {
    if (side->config.empty()) side->config = config_of(arguments);
  }
  return kordon::cli::diff(*options);
}

int run(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Where a coordinate stands against borders and policy zones. Not an authorisation.", "kordon");
  app.set_version_flag("--version", "kordon " KORDON_VERSION);
  app.require_subcommand(1);
  const auto* serve = add_serve(app, arguments);
  const auto* health = add_health(app, arguments);
  const auto* evaluate = add_evaluate(app, arguments);
  auto* score_command = kordon::cli::add_score(app, arguments.batch);
  add_config(*score_command, arguments);
  auto* watch_command = kordon::cli::add_watch(app, arguments.batch);
  add_config(*watch_command, arguments);
  const auto* diff_command = kordon::cli::add_diff(app, arguments.batch);
  auto* check = app.add_subcommand("check", "Load everything; list every fault, or what there is");
  add_config(*check, arguments);
  const auto* load_layers =
      app.add_subcommand("load-layers", "For a service alone: see server/layer_loader.hpp")->group("");
  add_config(*app.get_subcommand("load-layers"), arguments);
  check->add_flag("--json", arguments.check_as_json, "What was loaded, or the faults, as JSON");
  const auto* token = add_token(app, arguments);
  CLI11_PARSE(app, argc, argv);
  if (load_layers->parsed()) return cli::load_layers(config_of(arguments));
  if (serve->parsed()) return kordon::cli::serve(serve_options(arguments, arguments.serve));
  if (health->parsed()) return kordon::cli::health(serve_options(arguments, arguments.health));
  if (evaluate->parsed()) return kordon::cli::evaluate(config_of(arguments), members_of(arguments));
  if (score_command->parsed()) return score(arguments);
  if (watch_command->parsed()) return watch(arguments);
  if (diff_command->parsed()) return diff(arguments);
  if (token->parsed()) return kordon::cli::token(arguments.token_name);
  return kordon::cli::check(config_of(arguments), arguments.check_as_json);
}

}  // namespace

int main(int argc, char** argv) {
  const kordon::cli::PlainStream errors(std::cerr);
  std::optional<kordon::cli::PlainStream> output;
  if (isatty(STDOUT_FILENO) == 1) output.emplace(std::cout);
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::cerr
        << "kordon: there is not enough memory; for a file that GDAL reads --memory states how much may be taken\n";
    return kordon::cli::exit_bad;
  } catch (const std::exception& fault) {
    std::cerr << "kordon: " << fault.what() << '\n';
    return kordon::cli::exit_bad;
  }
}
