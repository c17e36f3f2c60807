#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "batch/chunk.hpp"
#include "batch/score.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

/// Counts of a batch's rows by outcome; those of several threads add up.
struct Counts {
  std::uint64_t rows = 0;
  std::uint64_t rows_in_error = 0;
  std::array<std::uint64_t, static_cast<std::size_t>(evaluation::Code::count)>
      by_code{};                              ///< by the first error of each row
  std::string an_error;                       ///< of one of those rows, in words; empty: there is none
  std::array<std::uint64_t, 4> by_verdict{};  ///< by policy::Verdict
  std::uint64_t extents = 0;                  ///< lines and areas, which may have several verdicts
  std::uint64_t in_no_region = 0;
  std::uint64_t at_null_island = 0;                  ///< exactly 0, 0
  std::uint64_t lon_out_of_range = 0;                ///< refused for their longitude
  std::uint64_t without_column = 0;                  ///< members of rows for which a CSV answer has no column
  std::map<std::string, std::uint64_t> by_notation;  ///< rows by how their position text was read
  std::vector<std::string> notices;                  ///< of the plan: columns that look meant and are not used
  std::vector<geo::Position> sample;                 ///< a few positions of each block, for the diagnostics

  void add(const Chunk& chunk);
  void add(const Scores& scores);
  void add(const Counts& other);
};

}  // namespace kordon::batch
