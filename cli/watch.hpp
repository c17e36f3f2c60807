#pragma once

#include <filesystem>
#include <string>

#include "batch/batch_plan.hpp"
#include "tracks/watch.hpp"

namespace kordon::cli {

struct WatchOptions {
  std::filesystem::path config;
  batch::BatchOptions batch;  ///< how rows are read, and what is asked
  std::string in = "-";
  std::string out = "-";
  tracks::WatchRules rules;
  std::size_t most_objects = 0;
  bool quiet = false;
};

/// Reads fixes and writes what their objects do, as CloudEvents, as soon as it is known. An exit status.
int watch(const WatchOptions& options);

}  // namespace kordon::cli
