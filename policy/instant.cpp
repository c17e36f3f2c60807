#include "policy/instant.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

namespace kordon::policy {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// In the pattern a 0 stands for any digit, T and Z for the letter in either case.
bool looks_like(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = pattern[i] == '0';
    const bool letter = pattern[i] == 'T' || pattern[i] == 'Z';
    const char lower = letter ? static_cast<char>(pattern[i] + ('a' - 'A')) : pattern[i];
    if (digit ? !is_digit(text[i]) : text[i] != pattern[i] && text[i] != lower) return false;
  }
  return true;
}

int number_in(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = 10 * number + (c - '0');
  return number;
}

/// `2024-05-30T00:00:00`, its shape already checked.
std::optional<std::chrono::sys_seconds> read_date_time(std::string_view text) {
  using namespace std::chrono;
  const year_month_day day{year{number_in(text.substr(0, 4))},
                           month(static_cast<unsigned>(number_in(text.substr(5, 2)))),
                           std::chrono::day(static_cast<unsigned>(number_in(text.substr(8, 2))))};
  const hours hour{number_in(text.substr(11, 2))};
  const minutes minute{number_in(text.substr(14, 2))};
  const seconds second{number_in(text.substr(17, 2))};
  if (!day.ok() || hour >= 24h || minute >= 60min || second >= 60s) return std::nullopt;
  return sys_days{day} + hour + minute + second;
}

/// Takes `.25` off the front of the text; nothing if a point has no digit after it.
std::optional<std::chrono::milliseconds> take_fraction(std::string_view& text) {
  if (!text.starts_with('.')) return std::chrono::milliseconds{0};
  text.remove_prefix(1);
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  if (digits.empty()) return std::nullopt;
  text.remove_prefix(digits.size());
  return std::chrono::milliseconds{number_in((std::string(digits) + "00").substr(0, 3))};
}

std::optional<std::chrono::minutes> read_offset(std::string_view text) {
  if (looks_like(text, "Z")) return std::chrono::minutes{0};
  if (!looks_like(text, "+00:00") && !looks_like(text, "-00:00")) return std::nullopt;
  const int hours = number_in(text.substr(1, 2));
  const int minutes = number_in(text.substr(4, 2));
  if (hours > 23 || minutes > 59) return std::nullopt;
  return std::chrono::minutes{(text[0] == '-' ? -1 : 1) * (60 * hours + minutes)};
}

void append_two(std::string& text, char before, auto number) {
  text += before;
  text += static_cast<char>('0' + number / 10);
  text += static_cast<char>('0' + number % 10);
}

}  // namespace

std::optional<Instant> parse_instant(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (!looks_like(text.substr(0, shape.size()), shape)) return std::nullopt;
  const auto local = read_date_time(text);
  text.remove_prefix(shape.size());
  const auto fraction = take_fraction(text);
  const auto offset = read_offset(text);
  if (!local || !fraction || !offset) return std::nullopt;
  return *local + *fraction - *offset;
}

std::string to_text(Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day day{midnight};
  const std::chrono::hh_mm_ss time{instant - midnight};
  auto text = fmt::format(FMT_COMPILE("{:04}"), static_cast<int>(day.year()));
  append_two(text, '-', static_cast<unsigned>(day.month()));
  append_two(text, '-', static_cast<unsigned>(day.day()));
  append_two(text, 'T', time.hours().count());
  append_two(text, ':', time.minutes().count());
  append_two(text, ':', time.seconds().count());
  if (const auto ms = time.subseconds().count(); ms > 0) text += fmt::format(FMT_COMPILE(".{:03}"), ms);
  text += 'Z';
  return text;
}

}  // namespace kordon::policy
