#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kordon::evaluation {

/// Which of the two angles of a position.
enum class Axis : std::uint8_t { lat, lon };

/// Meaning of a word or sign in a position text.
enum class WordKind : std::uint8_t {
  degrees,     ///< a unit behind its number
  minutes,     ///< a unit behind its number
  seconds,     ///< a unit behind its number
  hemisphere,  ///< `N`, `пн. ш.`: axis and direction
  label,       ///< `lat`, `довгота`: axis
  ambiguous,   ///< a letter that two languages use for opposite directions
};

struct Word {
  WordKind kind = WordKind::label;
  Axis axis = Axis::lat;
  int direction = 0;  ///< of a hemisphere: 1 north and east, -1 south and west
};

/// A word in lower case: English, Ukrainian, Russian, Polish, German, French, Spanish and Italian are known.
std::optional<Word> find_word(std::string_view lower);

/// Plain spelling of a text for the tokens: ASCII and Cyrillic letters in lower case; every dash and minus as `-`,
/// every blank as ` `, primes as `'` and `"`, `º` and `˚` as `°`; marks of direction, joiners and the byte order mark
/// left out.
std::string plain_spelling(std::string_view text);

}  // namespace kordon::evaluation
