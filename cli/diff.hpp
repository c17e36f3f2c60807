#pragma once

#include <filesystem>
#include <string>

#include "batch/batch_plan.hpp"

namespace kordon::cli {

/// One of the two sides that are compared.
struct DiffSide {
  std::filesystem::path config;
  batch::BatchOptions batch;
};

struct DiffOptions {
  DiffSide before;
  DiffSide after;
  std::string in = "-";
  std::string out = "-";
};

/// Lists the rows whose verdict differs between two configurations, dates or parameters, and sums up on standard error.
int diff(const DiffOptions& options);

}  // namespace kordon::cli
