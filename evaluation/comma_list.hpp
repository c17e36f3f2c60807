#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::evaluation {

/// How likely it is that a list of numbers is meant so; the first of which one is a position holds.
enum class CommaRank : std::uint8_t {
  by_blanks,  ///< `50,5, 36,5`: a blank follows the commas that part numbers, and latitude and longitude have fractions
  alike,      ///< latitude and longitude both have a fraction or neither has, or nothing else stands in the list
  unlike      ///< `1.2, 3, -4`
};

/// A list of numbers with its commas taken for what they may be.
struct CommaSpelling {
  std::string text;  ///< decimal points, and `, ` between numbers
  CommaRank rank = CommaRank::alike;
  bool has_decimal_comma = false;
};

/// All ways to take the commas of a list such as `50,5,36,5`, in the order of their ranks, without a
/// decimal comma first, then by how few numbers they make: three to eight runs of
/// digits with signs and commas alone. A comma with a digit on both sides may be decimal. Empty: no such list, or no
/// such comma.
std::vector<CommaSpelling> comma_spellings(std::string_view plain);

}  // namespace kordon::evaluation
