#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "api/batch/tally.hpp"
#include "cli/pipeline.hpp"
#include "config/world.hpp"

namespace kordon::cli {

/// What a batch came to, for people: rows and their rate, errors by code, verdicts, what looks wrong.
std::string summary(const config::World& world, const api::Tally& tally, std::chrono::duration<double> took);

/// A line on a terminal that is drawn again and again; nothing where standard error is no terminal.
class ProgressLine {
 public:
  ProgressLine();

  void show(const Progress& progress);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool terminal_;
  Clock::time_point begun_ = Clock::now();
  Clock::time_point shown_ = begun_;
};

}  // namespace kordon::cli
