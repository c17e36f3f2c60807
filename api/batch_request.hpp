#pragma once

#include <expected>

#include "api/http/message.hpp"
#include "batch/batch_plan.hpp"
#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::api {

/// Reads the query of a batch that is no plain JSON: members shared by all rows, and `lon_column`, `lat_column`,
/// `position_column`, `accuracy_column`, `at_column`, `at_time_column`, `id_column`, `delimiter`, `detail=full`. `from`
/// and `to` follow from the head's Content-Type and Accept, the limits from whether it is a stream. All errors at once.
std::expected<batch::BatchOptions, evaluation::FieldErrors> read_batch_options(const world::World& world,
                                                                               const http::Request& head,
                                                                               const evaluation::Members& query,
                                                                               bool is_stream);

}  // namespace kordon::api
