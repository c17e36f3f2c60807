#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kordon::text {

// What answers round to.
inline constexpr int metre_decimals = 3;
inline constexpr int degree_decimals = 8;

/// Appends a finite number rounded to this many decimals (0 to 8), without trailing zeros and never `-0`; magnitudes
/// from 1e15 as `append_shortest`.
void append_fixed(std::string& out, double value, int decimals);

/// Appends the shortest text that reads back as the same finite double; minus zero as 0.
void append_shortest(std::string& out, double value);

/// A finite decimal number with nothing but blanks around it; a leading plus is allowed.
std::optional<double> read_number(std::string_view text);

}  // namespace kordon::text
