#include "text/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

namespace kordon::text {
namespace {

constexpr std::array<double, 17> powers_of_ten{1,   1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                               1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
constexpr std::array<std::uint64_t, 9> whole_powers_of_ten{1,       10,        100,        1'000,      10'000,
                                                           100'000, 1'000'000, 10'000'000, 100'000'000};

// Below this the product's error stays under 1e-4, so that a fraction further than `tie_width` from a half rounds
// right.
constexpr double exact_limit = 1e12;
constexpr double tie_width = 1e-3;
constexpr std::size_t max_fixed_bytes = 24;  // of such a number

constexpr auto digit_pairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

/// This many digits of the number, with zeros before it.
void write_digits(char* out, std::uint32_t number, int count) {
  for (; count >= 2; count -= 2, number /= 100) {
    std::memcpy(out + count - 2, &digit_pairs[2 * std::size_t{number % 100}], 2);
  }
  if (count > 0) *out = static_cast<char>('0' + number % 10);
}

/// Writes a whole number; where it ends. Most are degrees.
char* write_whole(char* out, std::uint64_t number) {
  if (number >= 100) return std::to_chars(out, out + max_fixed_bytes, number).ptr;
  const int count = number < 10 ? 1 : 2;
  write_digits(out, static_cast<std::uint32_t>(number), count);
  return out + count;
}

/// Writes scaled / 10^decimals; where it ends. The divisor is a constant, by which processors divide fast.
template <int decimals>
char* write_scaled(char* out, std::uint64_t scaled) {
  constexpr auto one = whole_powers_of_ten[decimals];
  char* end = write_whole(out, scaled / one);
  const auto fraction = static_cast<std::uint32_t>(scaled % one);
  if (fraction == 0) return end;
  *end++ = '.';
  write_digits(end, fraction, decimals);
  end += decimals;
  while (end[-1] == '0') --end;
  return end;
}

/// By the number of decimals.
constexpr auto write_scaled_by = []<int... decimals>(std::integer_sequence<int, decimals...>) {
  return std::array{write_scaled<decimals>...};
}(std::make_integer_sequence<int, int{whole_powers_of_ten.size()}>());

void append_fixed_slowly(std::string& out, double value, int decimals) {
  std::array<char, 40> digits;
  auto* end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
  if (decimals > 0) {
    while (end[-1] == '0') --end;
    if (end[-1] == '.') --end;
  }
  const std::string_view written(digits.data(), end);
  out += written == "-0" ? std::string_view("0") : written;
}

/// Digits with at most one point among them, after a minus or nothing. Both the digits and the power of ten are exact
/// as doubles, so that their quotient is the nearest double (W. D. Clinger, How to Read Floating Point Numbers
/// Accurately, 1990). NaN for any other text.
double read_few_digits(std::string_view text) {
  constexpr double not_few = std::numeric_limits<double>::quiet_NaN();
  constexpr std::uint64_t exact_integers = std::uint64_t{1} << 53;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.size() < 2 || text.size() >= powers_of_ten.size()) return not_few;
  std::uint64_t digits = 0;
  std::size_t point = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned char>(text[i] - '0');
    if (digit < 10) {
      digits = 10 * digits + digit;
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return not_few;
    }
  }
  if (digits >= exact_integers) return not_few;
  const auto decimals = point < text.size() ? text.size() - point - 1 : 0;
  const double value = static_cast<double>(digits) / powers_of_ten[decimals];
  return negative ? -value : value;
}

}  // namespace

void append_fixed(std::string& out, double value, int decimals) {
  const double scaled = std::abs(value) * powers_of_ten[static_cast<std::size_t>(decimals)];
  if (!(scaled < exact_limit)) {
    return std::abs(value) >= 1e15 ? append_shortest(out, value) : append_fixed_slowly(out, value, decimals);
  }
  const auto whole = static_cast<std::uint64_t>(scaled);
  const double rest = scaled - static_cast<double>(whole);
  if (std::abs(rest - 0.5) < tie_width) return append_fixed_slowly(out, value, decimals);
  const auto rounded = whole + (rest > 0.5 ? 1 : 0);
  const auto size = out.size();
  out.resize_and_overwrite(size + max_fixed_bytes, [&](char* text, std::size_t) {
    char* at = text + size;
    if (value < 0 && rounded > 0) *at++ = '-';
    return write_scaled_by[static_cast<std::size_t>(decimals)](at, rounded) - text;
  });
}

void append_shortest(std::string& out, double value) {
  std::array<char, 32> digits;
  auto* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value == 0 ? 0.0 : value).ptr;
  out.append(digits.data(), end);
}

std::optional<double> read_number(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = read_few_digits(text);
  if (!std::isnan(value)) return value;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace kordon::text
