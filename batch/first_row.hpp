#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// From which members of a JSON body's first row the place is read and which others look meant and are not used, of a
/// feature among its properties; empty: there are none, or the row is not whole in this head.
std::vector<std::string> notices_of_first_row(const Plan& plan, std::string_view head);

/// Reading of the first row that has coordinates, in words, as its answer would say it. The error: the reference system
/// that all rows are in is none. Nothing: the head has no such row.
std::expected<std::optional<std::string>, evaluation::FieldErrors> reading_of_first_row(const Plan& plan,
                                                                                        std::string_view head);

}  // namespace kordon::batch
