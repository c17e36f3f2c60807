#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/http/message.hpp"
#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::api::http {

/// An RFC 9457 answer: `type` is `/problems/<wire name>`, where the service explains it.
Response problem(evaluation::Code code, std::string_view detail, const evaluation::FieldErrors& errors = {});

/// The answer to a request with errors; there is at least one. An error whose code is not a 400 gives its own
/// status and type, several 400s give `invalid_request`.
Response problem(const evaluation::FieldErrors& errors);

/// The problem of a query to a resource that has no parameters; nothing where there is no query.
std::optional<Response> parameters_refused(const evaluation::Members& query);

}  // namespace kordon::api::http
