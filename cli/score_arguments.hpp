#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "cli/score.hpp"

namespace CLI {
class App;
}

namespace kordon::cli {

/// What the command line can say of a batch.
struct ScoreArguments {
  std::string in = "-";
  std::string out = "-";
  std::string from;
  std::string to;
  std::map<std::string, std::string> members;
  std::vector<std::string> settings;
  std::map<std::string, std::string> columns;
  std::string delimiter;
  bool full = false;
  bool no_evaluate = false;
  ScoreOptions options;
};

CLI::App* add_score(CLI::App& app, ScoreArguments& arguments);

/// The formats follow from the names of the files where they are not named. The error is one sentence.
std::expected<ScoreOptions, std::string> score_options(const ScoreArguments& arguments);

}  // namespace kordon::cli
