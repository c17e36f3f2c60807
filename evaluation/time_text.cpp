#include "evaluation/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;
using std::chrono::milliseconds;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Date, time of day and offset, as far as a text has them.
struct Parts {
  int year = 0, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0;
  milliseconds fraction{0};
  std::optional<std::chrono::minutes> offset;
  std::optional<bool> afternoon;
};

/// Takes exactly, or up to, so many digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  while (count < most && count < text.size() && is_digit(text[count])) ++count;
  if (count < least) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + count, value);
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

bool take_date(std::string_view& text, Parts& parts) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const char separator = digits < text.size() ? text[digits] : '\0';
  const auto two = [&](int& part) { return (part = take_digits(text, 1, 2).value_or(-1)) >= 0; };
  if (digits == 8) {
    parts.year = *take_digits(text, 4, 4);
    parts.month = *take_digits(text, 2, 2);
    parts.day = *take_digits(text, 2, 2);
    return true;
  }
  if (digits == 4 && (separator == '-' || separator == '/')) {
    parts.year = *take_digits(text, 4, 4);
    return take(text, separator) && two(parts.month) && take(text, separator) && two(parts.day);
  }
  if (digits > 2 || separator != '.') return false;
  if (!two(parts.day) || !take(text, '.') || !two(parts.month) || !take(text, '.')) return false;
  const auto year = take_digits(text, 4, 4);
  parts.year = year.value_or(0);
  return year.has_value();
}

bool take_fraction(std::string_view& text, Parts& parts) {
  std::string digits;
  while (!text.empty() && is_digit(text.front())) {
    digits += text.front();
    text.remove_prefix(1);
  }
  if (digits.empty()) return false;
  digits.resize(std::max<std::size_t>(digits.size(), 3), '0');
  int value = 0;
  std::from_chars(digits.data(), digits.data() + 3, value);
  parts.fraction = milliseconds{value};
  return true;
}

bool take_time_of_day(std::string_view& text, Parts& parts) {
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool colons = digits <= 2;
  if (!colons && digits != 4 && digits != 6) return false;
  const auto hour = take_digits(text, 1, 2);
  if (!hour || (colons && !take(text, ':'))) return false;
  const auto minute = take_digits(text, 2, 2);
  if (!minute) return false;
  parts.hour = *hour;
  parts.minute = *minute;
  const bool has_seconds = colons ? take(text, ':') : digits == 6;
  if (!has_seconds) return true;
  const auto second = take_digits(text, 2, 2);
  if (!second) return false;
  parts.second = *second;
  return !(take(text, '.') || take(text, ',')) || take_fraction(text, parts);
}

std::expected<policy::Instant, std::string> instant_of(const Parts& parts, const TimeReading& how) {
  using namespace std::chrono;
  const year_month_day day{year{parts.year}, month(static_cast<unsigned>(parts.month)),
                           std::chrono::day(static_cast<unsigned>(parts.day))};
  int hour = parts.hour;
  if (parts.afternoon) {
    if (hour < 1 || hour > 12) return Failed("expected an hour from 1 to 12 beside AM or PM");
    hour = hour % 12 + (*parts.afternoon ? 12 : 0);
  }
  if (!day.ok() || hour > 23 || parts.minute > 59 || parts.second > 59)
    return Failed("there is no such day or time of day");
  const auto since = hours{hour} + minutes{parts.minute} + seconds{parts.second} + parts.fraction;
  if (parts.offset) return sys_days{day} + since - *parts.offset;
  if (how.zone) return how.zone->to_utc(LocalTime{local_days{day} + since});
  return Failed(
      "the time has no time zone; write its offset, as in `2024-06-15T00:00:00Z`, or state the zone (at_zone)");
}

std::string_view hint_of(std::string_view text) {
  if (text.find_first_not_of("0123456789.") == text.npos && text.find('.') == text.rfind('.') && text.size() >= 9) {
    return "a number; where seconds or milliseconds since 1970 are meant, state the format (at_format) `unix` or "
           "`unix_ms`";
  }
  if (std::ranges::count(text.substr(0, 10), '/') == 2) {
    return "day and month can be read in two orders; state the format (at_format), as in `%d/%m/%Y %H:%M`";
  }
  return "expected an RFC 3339 time such as `2024-06-15T00:00:00Z`";
}

std::expected<policy::Instant, std::string> read_usual(std::string_view text, const TimeReading& how) {
  Parts parts;
  auto rest = text;
  if (!take_date(rest, parts)) return Failed(std::string(hint_of(text)));
  const bool parted = take(rest, 'T') || take(rest, 't') || rest.starts_with(' ');
  rest = text::trimmed(rest);
  if (rest.empty()) {
    return Failed(
        "a date without a time of day; write the time, or state the format (at_format), as in `%Y-%m-%d`, for its "
        "start");
  }
  if (!parted || !take_time_of_day(rest, parts)) return Failed(std::string(hint_of(text)));
  rest = text::trimmed(rest);
  if (!rest.empty()) {
    parts.offset = read_offset_text(rest);
    if (!parts.offset)
      return Failed(fmt::format("`{}` is no offset; expected one such as Z or +03:00", rest.substr(0, 20)));
  }
  return instant_of(parts, how);
}

std::expected<policy::Instant, std::string> read_unix(std::string_view text, bool in_seconds) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 1e14))
    return Failed("expected a number");
  const double limit = in_seconds ? 1e11 : 1e14;
  if (std::abs(value) >= limit)
    return Failed("too large a number of seconds since 1970; are they milliseconds (`unix_ms`)?");
  return policy::Instant{milliseconds{static_cast<std::int64_t>(std::floor(in_seconds ? value * 1000 : value))}};
}

constexpr auto months = std::to_array<std::string_view>(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"});

bool take_number(std::string_view& text, std::size_t least, std::size_t most, int& part) {
  const auto value = take_digits(text, least, most);
  part = value.value_or(part);
  return value.has_value();
}

bool take_word(std::string_view& text, char directive, Parts& parts) {
  const auto word = text::lowered(text.substr(0, directive == 'b' ? 3 : 2));
  text.remove_prefix(word.size());
  if (directive == 'p') {
    parts.afternoon = word == "pm";
    return word == "pm" || word == "am";
  }
  const auto* const found = std::ranges::find(months, word);
  parts.month = static_cast<int>(found - months.begin()) + 1;
  return found != months.end();
}

bool take_offset(std::string_view& text, Parts& parts) {
  const auto offset = text.substr(0, text.find(' '));
  parts.offset = read_offset_text(offset);
  text.remove_prefix(offset.size());
  return parts.offset.has_value();
}

bool take_directive(std::string_view& text, char directive, Parts& parts) {
  switch (directive) {
    case 'Y':
      return take_number(text, 4, 4, parts.year);
    case 'm':
      return take_number(text, 1, 2, parts.month);
    case 'd':
      return take_number(text, 1, 2, parts.day);
    case 'H':
    case 'I':
      return take_number(text, 1, 2, parts.hour);
    case 'M':
      return take_number(text, 2, 2, parts.minute);
    case 'S':
      return take_number(text, 2, 2, parts.second);
    case 'f':
      return take_fraction(text, parts);
    case 'z':
      return take_offset(text, parts);
    case 'p':
    case 'b':
      return take_word(text, directive, parts);
    default:
      return directive == '%' && take(text, '%');
  }
}

std::expected<policy::Instant, std::string> read_by_format(std::string_view text, const TimeReading& how) {
  if (how.format == "unix" || how.format == "unix_ms") return read_unix(text, how.format == "unix");
  Parts parts;
  std::string_view format = how.format;
  bool good = true;
  while (good && !format.empty()) {
    if (format[0] == '%' && format.size() > 1) {
      good = take_directive(text, format[1], parts);
      format.remove_prefix(2);
    } else {
      good = take(text, format[0]);
      format.remove_prefix(1);
    }
  }
  if (!good || !text.empty()) return Failed(fmt::format("is not of the form `{}`", text::shortened(how.format)));
  return instant_of(parts, how);
}

}  // namespace

std::expected<policy::Instant, std::string> read_time_text(std::string_view text, const TimeReading& how) {
  text = text::trimmed(text);
  if (!how.format.empty()) return read_by_format(text, how);
  if (const auto instant = policy::parse_instant(text)) return *instant;
  return read_usual(text, how);
}

std::expected<void, std::string> check_time_format(std::string_view format) {
  if (format == "unix" || format == "unix_ms") return {};
  constexpr std::string_view known = "YmdHIpMSfzb%";
  std::string found;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') continue;
    const char directive = ++i < format.size() ? format[i] : ' ';
    if (known.find(directive) == known.npos)
      return Failed(fmt::format("`%{}` is not known; known are %Y %m %d %H %I %p %M %S %f %z %b", directive));
    found += directive;
  }
  const auto has = [&](char c) { return found.find(c) != found.npos; };
  if (!has('Y') || !has('d') || (!has('m') && !has('b')))
    return Failed("expected year, month and day, as in `%d.%m.%Y %H:%M`, or `unix`, `unix_ms`");
  return {};
}

}  // namespace kordon::evaluation
