#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <vector>

#include "batch/counts.hpp"
#include "cli/pipeline.hpp"
#include "world/world.hpp"

namespace kordon::cli {

/// What a batch came to, for people: rows and their rate, errors by code, verdicts, what looks wrong.
std::string summary(const world::World& world, const batch::Counts& counts, std::chrono::duration<double> took);

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
