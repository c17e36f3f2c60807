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

  // Of a number.
  double magnitude = 0;
  char sign = 0;                 ///< `+`, `-`, or 0 where none is written
  std::size_t whole_digits = 0;  ///< before the point; 0 with an exponent
  bool has_fraction = false;     ///< or an exponent

  // Of a hemisphere or a label.
  Axis axis = Axis::lat;
  int direction = 0;
};

/// Meaning of a comma between two digits.
enum class CommaMeans : std::uint8_t { separator, decimal };

/// Meaning of an `e` behind a digit and before another, or before a sign and a digit.
enum class LetterE : std::uint8_t { east, exponent };

/// Whether an `e` can be an exponent's.
bool may_have_exponent(std::string_view plain);

/// Whether the whole text is one number with an exponent: `3.65873e1`, `-1e999`.
bool is_number_with_exponent(std::string_view plain);

/// Cuts a text of plain_spelling into tokens. A minus or hyphen is a sign where a number begins, and stands between
/// numbers where it touches the one before. A number whose exponent is too large is infinite. The error is one
/// sentence: the piece that means nothing.
std::expected<std::vector<Token>, std::string> tokens_of(std::string_view plain, CommaMeans comma,
                                                         LetterE letter_e = LetterE::east);

}  // namespace kordon::evaluation
