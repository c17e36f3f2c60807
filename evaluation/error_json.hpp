#pragma once

#include "evaluation/error.hpp"
#include "text/json_writer.hpp"

namespace kordon::evaluation {

/// Writes `[{"where","code","message"}, ...]`, at most 100 of them: an answer does not grow with a body's errors.
void write_errors(text::JsonWriter& out, const FieldErrors& errors);

/// Writes the member `error` of a batch's item: the first error's code and message, and all `errors`.
void write_item_error(text::JsonWriter& out, const FieldErrors& errors);

}  // namespace kordon::evaluation
