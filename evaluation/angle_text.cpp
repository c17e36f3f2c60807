#include "evaluation/angle_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <vector>

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr std::size_t max_text_bytes = 200;

bool is_number(const Token& token) { return token.kind == TokenKind::number; }
bool is_unit(const Token& token) { return token.kind > TokenKind::number && token.kind <= TokenKind::seconds; }
bool is_marker(const Token& token) { return token.kind == TokenKind::hemisphere || token.kind == TokenKind::label; }

/// The numbers of one angle by unit, and what stands around them.
struct Parts {
  std::array<const Token*, 3> units{};
  std::size_t count = 0;
  bool has_units = false;
  char sign = 0;
  std::optional<Axis> axis;
  int direction = 0;
};

std::expected<void, std::string> take_marker(const Token& token, const Token* behind, Parts& parts) {
  if (parts.count > 0 && behind != nullptr && is_number(*behind)) {
    return Failed("a letter stands between the numbers of one angle");
  }
  if (parts.axis && *parts.axis != token.axis) return Failed("letters of latitude and longitude stand at one angle");
  parts.axis = token.axis;
  if (token.direction == 0) return {};
  if (parts.direction != 0 && parts.direction != token.direction) return Failed("one angle has two directions");
  parts.direction = token.direction;
  return {};
}

std::expected<void, std::string> take_number(const Token& token, const Token* behind, Parts& parts) {
  std::size_t unit = parts.count;
  if (behind != nullptr && is_unit(*behind)) {
    unit = static_cast<std::size_t>(behind->kind) - static_cast<std::size_t>(TokenKind::degrees);
    parts.has_units = true;
  }
  if (unit != parts.count || unit > 2) return Failed("expected degrees, then minutes, then seconds");
  if (token.sign != 0 && parts.count > 0) return Failed("a sign stands before minutes or seconds");
  if (parts.count == 0) parts.sign = token.sign;
  parts.units[parts.count++] = &token;
  return {};
}

std::expected<Parts, std::string> parts_of(std::span<const Token> tokens) {
  Parts parts;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const Token* const behind = i + 1 < tokens.size() ? &tokens[i + 1] : nullptr;
    std::expected<void, std::string> taken;
    if (is_number(token)) {
      taken = take_number(token, behind, parts);
    } else if (is_marker(token)) {
      taken = take_marker(token, behind, parts);
    } else if (is_unit(token)) {
      if (i == 0 || !is_number(tokens[i - 1])) taken = Failed("a sign of degrees, minutes or seconds has no number");
    } else {
      const bool between = i > 0 && behind != nullptr && is_number(*behind) && behind->sign == 0 &&
                           (is_number(tokens[i - 1]) || is_unit(tokens[i - 1]));
      const bool joins = token.kind == TokenKind::colon || token.kind == TokenKind::hyphen;
      if (!joins || !between) taken = Failed("a sign stands where a number is expected");
    }
    if (!taken) return Failed(taken.error());
  }
  if (parts.count == 0) return Failed("expected an angle, got no number");
  return parts;
}

/// Splits `503544.2` into 50, 35 and 44.2 by the count of its whole digits: an odd one has three digits of degrees.
std::optional<std::array<double, 3>> unpacked(const Token& token) {
  if (token.whole_digits > 7) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(token.magnitude);
  if (token.whole_digits <= 5) {
    return std::array{static_cast<double>(whole / 100), token.magnitude - static_cast<double>(whole / 100 * 100), 0.0};
  }
  return std::array{static_cast<double>(whole / 10'000), static_cast<double>(whole / 100 % 100),
                    token.magnitude - static_cast<double>(whole / 100 * 100)};
}

std::expected<void, std::string> check(const Angle& angle, const std::array<double, 3>& values) {
  if (values[1] >= 60) return Failed(fmt::format("expected minutes below 60, got {}", values[1]));
  if (values[2] >= 60) return Failed(fmt::format("expected seconds below 60, got {}", values[2]));
  const bool lat = angle.axis == Axis::lat;
  if (std::abs(angle.degrees) <= (lat ? 90 : 180)) return {};
  if (std::isinf(angle.degrees)) return Failed("a number with so large an exponent is no angle");
  return Failed(fmt::format("{} {} is beyond {} degrees",
                            lat          ? "latitude"
                            : angle.axis ? "longitude"
                                         : "angle",
                            angle.degrees, lat ? 90 : 180));
}

std::expected<std::array<double, 3>, std::string> values_of(const Parts& parts, bool may_be_packed, Angle& angle) {
  std::array<double, 3> values{};
  for (std::size_t i = 0; i < parts.count; ++i) {
    values[i] = parts.units[i]->magnitude;
    if (i + 1 < parts.count && parts.units[i]->has_fraction) {
      return Failed("only the last of degrees, minutes and seconds may have a fraction");
    }
  }
  angle.form = static_cast<AngleForm>(parts.count - 1);
  const Token& first = *parts.units[0];
  if (parts.count > 1 || parts.has_units || first.whole_digits < 4 || (!may_be_packed && parts.direction == 0)) {
    return values;
  }
  const auto packed = unpacked(first);
  if (!packed) return Failed("expected at most seven digits before the point: degrees, minutes, seconds");
  angle.packed = true;
  angle.form = first.whole_digits <= 5 ? AngleForm::minutes : AngleForm::seconds;
  return *packed;
}

std::expected<Angle, std::string> read_unchecked(std::span<const Token> tokens, bool may_be_packed,
                                                 std::array<double, 3>& values) {
  const auto parts = parts_of(tokens);
  if (!parts) return Failed(parts.error());
  Angle angle;
  angle.axis = parts->axis;
  angle.is_plain = parts->count == 1 && !parts->has_units && !parts->axis;
  angle.signed_number = parts->sign != 0;
  if (parts->sign != 0 && parts->direction != 0) {
    return Failed("a sign and a letter of the hemisphere exclude each other; write one of them");
  }
  const auto read = values_of(*parts, may_be_packed, angle);
  if (!read) return Failed(read.error());
  values = *read;
  const double magnitude = values[0] + (values[1] + values[2] / 60) / 60;
  angle.degrees = parts->sign == '-' || parts->direction < 0 ? -magnitude : magnitude;
  return angle;
}

}  // namespace

std::string_view name_of(AngleForm form) {
  constexpr std::array names{std::string_view("decimal degrees"), std::string_view("degrees and minutes"),
                             std::string_view("degrees, minutes and seconds")};
  return names[static_cast<std::size_t>(form)];
}

std::expected<Angle, std::string> read_angle(std::span<const Token> tokens, bool may_be_packed) {
  std::array<double, 3> values{};
  auto angle = read_unchecked(tokens, may_be_packed, values);
  if (!angle) return angle;
  if (const auto good = check(*angle, values); !good) return Failed(good.error());
  return angle;
}

std::expected<Angle, std::string> read_angle_text(std::string_view text, Axis axis) {
  if (text.size() > max_text_bytes) return Failed("longer than 200 bytes");
  const auto plain = plain_spelling(text);
  // `5e1N` has no other reading: no letter stands between the numbers of one angle.
  const auto letter_e = may_have_exponent(plain) ? LetterE::exponent : LetterE::east;
  const auto tokens = tokens_of(plain, CommaMeans::decimal, letter_e);
  if (!tokens) return Failed(tokens.error());
  std::array<double, 3> values{};
  auto angle = read_unchecked(*tokens, false, values);
  if (!angle) return angle;
  if (angle->axis && *angle->axis != axis) {
    return Failed(axis == Axis::lat ? "a letter of longitude stands in a latitude"
                                    : "a letter of latitude stands in a longitude");
  }
  angle->has_decimal_comma = plain.contains(',');
  if (angle->is_plain) return angle;
  if (const auto good = check(*angle, values); !good) return Failed(good.error());
  return angle;
}

}  // namespace kordon::evaluation
