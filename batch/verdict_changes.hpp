#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "batch/batch_plan.hpp"
#include "batch/batch_worker.hpp"

namespace kordon::batch {

/// Outcomes of a row: a policy::Verdict, or an error.
inline constexpr std::size_t outcome_count = 5;
std::string_view outcome_name(std::size_t outcome);

/// Counts of rows by outcome before and after.
struct VerdictChangeCounts {
  std::uint64_t rows = 0;
  std::array<std::array<std::uint64_t, outcome_count>, outcome_count> from_to{};

  [[nodiscard]] std::uint64_t flips() const;
};

/// Scores the same rows under two plans that read the same format, and writes those whose verdict differs: as they came
/// (arrays as text sequences), with `verdict_before`, `because_before`, `margin_before_m` and the same for after.
/// For one thread.
class VerdictChangeFinder {
 public:
  VerdictChangeFinder(const Plan& before, const Plan& after);

  void begin(std::string& out) const;
  void compare(std::string& block, std::string& out);
  [[nodiscard]] const VerdictChangeCounts& counts() const { return counts_; }

 private:
  /// One of the two: its plan and what it makes of the block in hand.
  struct View {
    const Plan& plan;
    std::unique_ptr<RowReader> reader;
    Chunk chunk;
    Scores scores;
    std::vector<std::uint8_t> outcomes;  ///< by row
    std::vector<std::uint32_t> number;   ///< by row: its number among the valid ones, or nothing of use
    std::vector<double> margin_m;        ///< by row; not a number where there is none

    explicit View(const Plan& the_plan) : plan(the_plan), reader(make_reader(the_plan)) {}
    void look(std::string& block);
    [[nodiscard]] std::string because(std::uint32_t row) const;
  };

  void write(std::uint32_t row, std::string& out) const;

  View before_;
  View after_;
  VerdictChangeCounts counts_;
};

}  // namespace kordon::batch
