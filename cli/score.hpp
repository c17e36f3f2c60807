#pragma once

#include <filesystem>
#include <string>

#include "batch/batch_plan.hpp"
#include "cli/sink.hpp"
#include "cli/source.hpp"

namespace kordon::cli {

struct ScoreOptions {
  std::filesystem::path config;
  std::string in = "-";
  std::string out = "-";
  batch::BatchOptions batch;
  bool vector_in = false;  ///< `in` is read, `out` written, by GDAL
  bool vector_out = false;
  std::vector<std::string> layers;  ///< of what GDAL reads; empty: the only one, of KML all
  bool fix_lines = false;           ///< rows are fixes, which make a line for each id
  double memory_gb = 2;             ///< more than that is not taken to read what GDAL reads
  unsigned threads = 0;             ///< 0: one for each core
  bool strict = false;              ///< stop at the first row in error
  bool quiet = false;               ///< no summary
};

/// Scores a batch of any size. Exit status 1 for an error of the whole (and, if strict, of a row): then there is no
/// output file; 130 when interrupted, same for the file.
int score(const ScoreOptions& options);

}  // namespace kordon::cli
