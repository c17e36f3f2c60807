#include "api/columns/terms_by_time.hpp"

#include <algorithm>

#include "api/turns.hpp"

namespace kordon::api {
namespace {

Terms moved_to(Terms terms, policy::Instant at) {
  terms.at = at;
  for (auto& program : terms.programs) {
    program = policy::compile(*program.policy, program.activity, at, program.values);
  }
  return terms;
}

}  // namespace

std::expected<TermsByTime, FieldErrors> TermsByTime::read(const config::World& world, const Members& members,
                                                          policy::Instant now) {
  auto terms = read_terms(world, members, now);
  if (!terms) return std::unexpected(std::move(terms.error()));
  TermsByTime by_time;
  by_time.shared_ = std::move(*terms);
  const std::chrono::milliseconds least(1);
  for (const auto turn : turns_of(world)) {
    by_time.turns_ms_.push_back(turn.time_since_epoch().count());
    by_time.terms_.push_back(moved_to(by_time.shared_, turn - least));
    by_time.terms_.push_back(moved_to(by_time.shared_, turn));
  }
  const auto last = by_time.turns_ms_.empty() ? 0 : by_time.turns_ms_.back();
  by_time.terms_.push_back(moved_to(by_time.shared_, policy::Instant(std::chrono::milliseconds(last) + least)));
  return by_time;
}

const Terms& TermsByTime::at(std::int64_t time_ms) const {
  if (time_ms == no_time) return shared_;
  const auto [first, last] = std::ranges::equal_range(turns_ms_, time_ms);
  return terms_[static_cast<std::size_t>((first - turns_ms_.begin()) + (last - turns_ms_.begin()))];
}

}  // namespace kordon::api
