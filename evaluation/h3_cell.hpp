#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "evaluation/angle_pair.hpp"

namespace kordon::evaluation {

/// A cell of H3 by its index, as 15 hex digits, as 16 with a zero before them, or as the same 64 bits in decimal: its
/// centre, and the distance from there to the farthest place of its boundary, rounded up to 0.1 mm. Edges, vertices and
/// what has a cell's form and is none are errors. Nothing: the text has not the shape of an index.
std::optional<std::expected<Reading, std::string>> read_h3_cell(std::string_view text);

}  // namespace kordon::evaluation
