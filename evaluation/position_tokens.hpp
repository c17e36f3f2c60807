#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/position_words.hpp"

namespace kordon::evaluation {

enum class TokenKind : std::uint8_t {
  number,
  degrees,
  minutes,
  seconds,
  hemisphere,
  label,
  hyphen,
  colon,
  comma,
  semicolon
};

/// A piece of a position text.
struct Token {
  TokenKind kind = TokenKind::number;
  bool after_blank = false;

  // Of a number; it has no exponent.
  double magnitude = 0;
  char sign = 0;                 ///< `+`, `-`, or 0 where none is written
  std::size_t whole_digits = 0;  ///< before the point
  bool has_fraction = false;

  // Of a hemisphere or a label.
  Axis axis = Axis::lat;
  int direction = 0;
};

/// Meaning of a comma between two digits.
enum class CommaMeans : std::uint8_t { separator, decimal };

/// Cuts a text of plain_spelling into tokens. A minus or hyphen is a sign where a number begins, and stands between
/// numbers where it touches the one before. The error is one sentence: the piece that means nothing.
std::expected<std::vector<Token>, std::string> tokens_of(std::string_view plain, CommaMeans comma);

}  // namespace kordon::evaluation
