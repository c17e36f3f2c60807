#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "batch/geometries/extent_answer.hpp"
#include "text/json_writer.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Sums of the first activity's verdicts over a line or an area, by policy::Verdict.
struct ExtentSums {
  bool is_area = false;
  bool timed = false;
  double size = 0;               ///< metres, or square metres
  std::array<double, 4> part{};  ///< of `size`
  double duration_s = 0;
  std::array<double, 4> dwell_s{};
  std::optional<policy::Verdict> verdict;  ///< the only one that it has

  static ExtentSums of(const ExtentAnswer& answer);
};

/// One flat row: `verdict`, null where it has several, then of a line `length_m`, `eligible_m` and so on,
/// `duration_s`, `eligible_s` and so on if it has times, `least_margin_m` with its place, `crossings`, `gaps`,
/// `regions`; of an area `area_m2`, `eligible_m2`, `eligible_share` and so on, `least_margin_m`, `greatest_margin_m`.
void write_sums(text::JsonWriter& out, const world::World& world, const ExtentAnswer& answer);

/// Whether a member of that name is one that either way of answering may write: it gives way to the answer.
bool is_extent_answer(std::string_view name);

}  // namespace kordon::batch
