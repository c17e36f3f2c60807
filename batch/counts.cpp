#include "batch/counts.hpp"

#include "batch/flat_answer.hpp"

namespace kordon::batch {
namespace {

constexpr std::size_t max_sample = 1000;
constexpr std::size_t max_notations = 100;
constexpr std::size_t sampled_of_a_block = 4;

}  // namespace

void Counts::add(const Chunk& chunk) {
  rows += chunk.rows();
  rows_in_error += chunk.bad.size();
  extents += chunk.extents.size();
  for (const auto& [row, read_as] : chunk.read_as) {
    if (by_notation.size() < max_notations || by_notation.contains(read_as)) ++by_notation[read_as];
  }
  if (an_error.empty() && !chunk.bad.empty()) an_error = error_text(chunk.bad.front().errors);
  for (const auto& bad : chunk.bad) {
    const auto& first = bad.errors.front();
    ++by_code[static_cast<std::size_t>(first.code)];
    if (first.where == "lon" && first.code == evaluation::Code::out_of_range) ++lon_out_of_range;
  }
  for (std::size_t i = 0; i < chunk.valid.size(); ++i) {
    if (chunk.places.place(i) == geo::LonLat{0, 0}) ++at_null_island;
  }
  const std::size_t step = chunk.valid.size() / sampled_of_a_block + 1;
  for (std::size_t i = 0; i < chunk.valid.size() && sample.size() < max_sample; i += step) {
    sample.push_back(chunk.places.position(i));
  }
}

void Counts::add(const Scores& scores) {
  std::uint32_t begin = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores.has_verdicts) ++by_verdict[static_cast<std::size_t>(scores.verdict[i])];
    if (scores.inside_ends[i] == begin) ++in_no_region;
    begin = scores.inside_ends[i];
  }
}

void Counts::add(const Counts& other) {
  rows += other.rows;
  rows_in_error += other.rows_in_error;
  if (an_error.empty()) an_error = other.an_error;
  for (std::size_t i = 0; i < by_code.size(); ++i) by_code[i] += other.by_code[i];
  for (std::size_t i = 0; i < by_verdict.size(); ++i) by_verdict[i] += other.by_verdict[i];
  extents += other.extents;
  in_no_region += other.in_no_region;
  at_null_island += other.at_null_island;
  lon_out_of_range += other.lon_out_of_range;
  without_column += other.without_column;
  for (const auto& [notation, count] : other.by_notation) by_notation[notation] += count;
  sample.insert(sample.end(), other.sample.begin(), other.sample.end());
}

}  // namespace kordon::batch
