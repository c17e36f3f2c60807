#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "evaluation/position_tokens.hpp"

namespace kordon::evaluation {

/// Notation of an angle.
enum class AngleForm : std::uint8_t { decimal, minutes, seconds };

/// `decimal degrees`, `degrees and minutes`, `degrees, minutes and seconds`.
std::string_view name_of(AngleForm form);

/// One angle of a position.
struct Angle {
  double degrees = 0;        ///< positive north and east; in the range of its axis, or of a longitude if it has none
  std::optional<Axis> axis;  ///< what letters or labels say
  AngleForm form = AngleForm::decimal;
  bool is_plain = false;           ///< a number alone, without unit or letter
  bool signed_number = false;      ///< a `+` or `-` is written
  bool packed = false;             ///< `503544`: digits of degrees, minutes and seconds without signs between
  bool has_decimal_comma = false;  ///< of read_angle_text
};

/// Reads the tokens of one angle: degrees, minutes below 60, seconds below 60, of which the last alone may have a
/// fraction, with signs of units, colons, hyphens or blanks between them, and letters or labels before or behind.
/// With letters, or where `may_be_packed`, four digits and more before the point are `DDMM` or `DDMMSS`.
/// The error is one sentence.
std::expected<Angle, std::string> read_angle(std::span<const Token> tokens, bool may_be_packed);

/// The value of a column of latitudes or longitudes that is no plain number: `50°35'44"N`, `50 35.7`, `50,5956` (a
/// decimal comma), `−36.5`, `3,65873e1`. A plain number may be beyond any range, also infinite. The error is one
/// sentence; a letter of the other axis is one.
std::expected<Angle, std::string> read_angle_text(std::string_view text, Axis axis);

}  // namespace kordon::evaluation
