#include "evaluation/datetime.hpp"

namespace kordon::evaluation {
namespace {

bool is_open(std::string_view text) { return text.empty() || text == ".."; }

}  // namespace

bool Period::meets(const policy::Interval& interval) const {
  const bool ended = from && interval.until && *interval.until <= *from;
  const bool not_begun = until && interval.from && *interval.from > *until;
  return !ended && !not_begun;
}

std::optional<policy::Instant> parse_query_instant(std::string_view text) {
  if (text.size() <= 6 || text[text.size() - 6] != ' ') return policy::parse_instant(text);
  std::string restored(text);
  restored[restored.size() - 6] = '+';
  return policy::parse_instant(restored);
}

std::optional<Period> parse_period(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == text.npos) {
    const auto instant = parse_query_instant(text);
    return instant ? std::optional(Period{instant, instant}) : std::nullopt;
  }
  const auto first = text.substr(0, slash);
  const auto second = text.substr(slash + 1);
  Period period;
  if (!is_open(first)) period.from = parse_query_instant(first);
  if (!is_open(second)) period.until = parse_query_instant(second);
  if ((!is_open(first) && !period.from) || (!is_open(second) && !period.until)) return std::nullopt;
  if (period.from && period.until && *period.from > *period.until) return std::nullopt;
  return period;
}

}  // namespace kordon::evaluation
