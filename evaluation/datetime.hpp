#pragma once

#include <optional>
#include <string_view>

#include "policy/instant.hpp"

namespace kordon::evaluation {

/// A period from one moment to another, both included; an end that is not given is open.
struct Period {
  std::optional<policy::Instant> from;
  std::optional<policy::Instant> until;

  [[nodiscard]] bool meets(const policy::Interval& interval) const;
};

/// An RFC 3339 time with its offset where a query's `+` may have become a blank.
std::optional<policy::Instant> parse_query_instant(std::string_view text);

/// Reads OGC's `datetime`: a time, or `from/until` where either may be `..` or empty. Nothing for any other text, and
/// for a period that ends before it begins.
std::optional<Period> parse_period(std::string_view text);

}  // namespace kordon::evaluation
