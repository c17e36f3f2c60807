#include "api/http/problem.hpp"

#include <algorithm>

#include "evaluation/error_json.hpp"
#include "text/json_writer.hpp"

namespace kordon::api::http {

Response problem(evaluation::Code code, std::string_view detail, const evaluation::FieldErrors& errors) {
  const evaluation::ErrorRow& row = evaluation::row_of(code);
  Response response{.status = row.status, .content_type = "application/problem+json"};
  text::JsonWriter out(response.body);
  out.begin_object();
  out.key("type").text(std::string("/problems/") += row.name);
  out.key("title").text(row.title);
  out.key("status").integer(row.status);
  out.key("detail").text(detail);
  out.key("errors");
  evaluation::write_errors(out, errors);
  out.end_object();
  return response;
}

Response problem(const evaluation::FieldErrors& errors) {
  const auto other =
      std::ranges::find_if(errors, [](const auto& error) { return evaluation::row_of(error.code).status != 400; });
  const evaluation::Code code = other == errors.end() ? evaluation::Code::invalid_request : other->code;
  if (errors.size() == 1) return problem(code, errors[0].where + ": " + errors[0].message, errors);
  return problem(code, std::to_string(errors.size()) + " faults in the request", errors);
}

std::optional<Response> parameters_refused(const evaluation::Members& query) {
  evaluation::FieldErrors errors;
  for (const evaluation::Member& member : query) {
    errors.push_back({member.key, evaluation::Code::unknown_key, "expected no query parameters"});
  }
  return errors.empty() ? std::nullopt : std::optional(problem(errors));
}

}  // namespace kordon::api::http
