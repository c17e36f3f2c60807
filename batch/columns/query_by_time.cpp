#include "batch/columns/query_by_time.hpp"

#include <algorithm>

#include "evaluation/change_times.hpp"

namespace kordon::batch::columns {
namespace {

evaluation::CompiledQuery moved_to(evaluation::CompiledQuery terms, policy::Instant at) {
  terms.at = at;
  for (auto& program : terms.programs) {
    program = policy::compile(*program.policy, program.activity, at, program.values);
  }
  return terms;
}

}  // namespace

std::expected<QueryByTime, evaluation::FieldErrors> QueryByTime::read(const world::World& world,
                                                                      const evaluation::Members& members,
                                                                      policy::Instant now) {
  auto terms = evaluation::compile_query(world, members, now);
  if (!terms) return std::unexpected(std::move(terms.error()));
  QueryByTime by_time;
  by_time.shared_ = std::move(*terms);
  const std::chrono::milliseconds least(1);
  for (const auto turn : evaluation::change_times_of(world)) {
    by_time.change_times_ms_.push_back(turn.time_since_epoch().count());
    by_time.terms_.push_back(moved_to(by_time.shared_, turn - least));
    by_time.terms_.push_back(moved_to(by_time.shared_, turn));
  }
  const auto last = by_time.change_times_ms_.empty() ? 0 : by_time.change_times_ms_.back();
  by_time.terms_.push_back(moved_to(by_time.shared_, policy::Instant(std::chrono::milliseconds(last) + least)));
  return by_time;
}

const evaluation::CompiledQuery& QueryByTime::at(std::int64_t time_ms) const {
  if (time_ms == no_time) return shared_;
  const auto [first, last] = std::ranges::equal_range(change_times_ms_, time_ms);
  return terms_[static_cast<std::size_t>((first - change_times_ms_.begin()) + (last - change_times_ms_.begin()))];
}

}  // namespace kordon::batch::columns
