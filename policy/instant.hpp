#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace kordon::policy {

/// A moment in UTC, to the millisecond.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Reads an RFC 3339 date-time with its offset: `2024-05-30T00:00:00Z`, `2024-05-30T03:00:00.250+03:00`.
/// Digits beyond the millisecond are dropped. Nothing for any other text, a day or hour that does not exist,
/// or a leap second (`:60`), which a sys_time cannot hold.
std::optional<Instant> parse_instant(std::string_view text);

/// `2024-05-30T00:00:00Z`; with three decimals only where the milliseconds are not zero.
std::string to_text(Instant instant);

/// The half-open interval [from, until); an end that is not given is unbounded.
struct Interval {
  std::optional<Instant> from;
  std::optional<Instant> until;

  [[nodiscard]] bool contains(Instant at) const { return (!from || *from <= at) && (!until || at < *until); }
};

}  // namespace kordon::policy
