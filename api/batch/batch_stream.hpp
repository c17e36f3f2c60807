#pragma once

#include <memory>

#include "api/batch/plan.hpp"
#include "api/stream.hpp"

namespace kordon::api {

/// A batch answered as it comes. At most `max_rows` rows; 0: any number.
std::unique_ptr<BatchStream> make_batch_stream(const config::World& world, BatchOptions options, std::size_t max_rows);

}  // namespace kordon::api
