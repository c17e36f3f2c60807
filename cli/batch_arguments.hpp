#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "cli/diff.hpp"
#include "cli/score.hpp"
#include "cli/watch.hpp"

namespace CLI {
class App;
}

namespace kordon::cli {

/// Members of the query that the command line states for each row.
struct QueryArguments {
  std::map<std::string, std::string> members;
  std::vector<std::string> settings;
};

/// What it can say of a batch.
struct BatchArguments {
  std::string in = "-";
  std::string out = "-";
  std::string from;
  std::string to;
  std::map<std::string, std::string> columns;
  std::string delimiter;
  bool full = false;
  bool disarm_formulas = false;
  bool no_evaluate = false;
  std::string edges;
  double max_gap_s = 0;  ///< 0: none is stated
  double max_speed_m_s = 0;
  double dwell_s = 0;  ///< 0: none is stated
  std::size_t most_objects = 1'000'000;
  QueryArguments query;

  ScoreOptions score;

  std::string before_config;
  std::string after_config;
  QueryArguments before;
  QueryArguments after;
};

CLI::App* add_score(CLI::App& app, BatchArguments& arguments);
CLI::App* add_watch(CLI::App& app, BatchArguments& arguments);
CLI::App* add_diff(CLI::App& app, BatchArguments& arguments);

/// The formats follow from the names of the files where they are not named. The error is one sentence.
std::expected<ScoreOptions, std::string> score_options(const BatchArguments& arguments);

std::expected<WatchOptions, std::string> watch_options(const BatchArguments& arguments);

/// Both configurations are still to be filled in where the command line names none.
std::expected<DiffOptions, std::string> diff_options(const BatchArguments& arguments);

}  // namespace kordon::cli
