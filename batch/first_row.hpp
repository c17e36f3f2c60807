#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// The names of the members of a JSON body's first row, of a feature those of its properties; empty: it has none, or is
/// not whole in this head.
std::vector<std::string> names_of_first_row(const Plan& plan, std::string_view head);

/// Reading of the first row that has coordinates, in words, as its answer would say it. The error: the reference system
/// that all rows are in is none. Nothing: the head has no such row.
std::expected<std::optional<std::string>, evaluation::FieldErrors> reading_of_first_row(const Plan& plan,
                                                                                        std::string_view head);

}  // namespace kordon::batch
