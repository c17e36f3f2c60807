#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/error.hpp"
#include "api/http.hpp"
#include "api/json_writer.hpp"
#include "api/member.hpp"

namespace kordon::api {

/// An RFC 9457 answer: `type` is `/problems/<wire name>`, where the service explains it.
Response problem(Code code, std::string_view detail, const FieldErrors& errors = {});

/// The answer to a request with faults; there is at least one. A fault whose code is not a 400 gives its own
/// status and type, several 400s give `invalid_request`.
Response problem(const FieldErrors& errors);

/// The refusal of a query by a resource that has no parameters; nothing where there is no query.
std::optional<Response> parameters_refused(const Members& query);

/// Writes `[{"where","code","message"}, ...]`, at most 100 of them: an answer does not grow with a body's faults.
void write_errors(JsonWriter& out, const FieldErrors& errors);

/// Writes the member `error` of a batch's item: the first fault's code and message, and all `errors`.
void write_item_error(JsonWriter& out, const FieldErrors& errors);

}  // namespace kordon::api
