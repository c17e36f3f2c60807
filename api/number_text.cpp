#include "api/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace kordon::api {
namespace {

constexpr std::array<double, 9> powers_of_ten{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

// Below this the product's error stays under 1e-4, so that a fraction further than `tie_width` from a half rounds
// right.
constexpr double exact_limit = 1e12;
constexpr double tie_width = 1e-3;

/// Appends scaled / 10^decimals.
void append_scaled(std::string& out, std::uint64_t scaled, int decimals) {
  while (decimals > 0 && scaled % 10 == 0) {
    scaled /= 10;
    --decimals;
  }
  std::array<char, 24> digits;
  char* const end = digits.data() + digits.size();
  char* at = end;
  for (int place = 0; scaled > 0 || place <= decimals; ++place) {
    if (place == decimals && decimals > 0) *--at = '.';
    *--at = static_cast<char>('0' + scaled % 10);
    scaled /= 10;
  }
  out.append(at, end);
}

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

}  // namespace

void append_fixed(std::string& out, double value, int decimals) {
  const double scaled = std::abs(value) * powers_of_ten[static_cast<std::size_t>(decimals)];
  const double whole = std::floor(scaled);
  const double rest = scaled - whole;
  if (!(scaled < exact_limit) || std::abs(rest - 0.5) < tie_width) {
    return std::abs(value) >= 1e15 ? append_shortest(out, value) : append_fixed_slowly(out, value, decimals);
  }
  const auto rounded = static_cast<std::uint64_t>(whole) + (rest > 0.5 ? 1 : 0);
  if (value < 0 && rounded > 0) out += '-';
  append_scaled(out, rounded, decimals);
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
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace kordon::api
