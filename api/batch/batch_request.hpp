#pragma once

#include <expected>
#include <string>
#include <vector>

#include "api/batch/plan.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/member.hpp"

namespace kordon::api {

/// Reads the query of a batch that is no plain JSON: members shared by all rows, and `lon_column`, `lat_column`,
/// `position_column`, `accuracy_column`, `at_column`, `id_column`, `delimiter`, `detail=full`. `from` and `to` follow
/// from the head's Content-Type and Accept. All faults at once.
std::expected<BatchOptions, FieldErrors> read_batch_options(const config::World& world, const Request& head,
                                                            const Members& query);

/// What goes with every answer under these terms: what the policies are not, what is assumed.
std::vector<std::string> notices_of(const Terms& terms);

}  // namespace kordon::api
