#include "api/problem.hpp"

#include <algorithm>

namespace kordon::api {
namespace {

constexpr std::size_t max_listed = 100;

}  // namespace

void write_errors(JsonWriter& out, const FieldErrors& errors) {
  out.begin_array();
  for (std::size_t i = 0; i < std::min(errors.size(), max_listed); ++i) {
    out.begin_object();
    out.key("where").text(errors[i].where);
    out.key("code").text(row_of(errors[i].code).name);
    out.key("message").text(errors[i].message);
    out.end_object();
  }
  out.end_array();
}

void write_item_error(JsonWriter& out, const FieldErrors& errors) {
  out.key("error").begin_object();
  out.key("code").text(row_of(errors[0].code).name);
  out.key("message").text(errors[0].message);
  out.key("errors");
  write_errors(out, errors);
  out.end_object();
}

Response problem(Code code, std::string_view detail, const FieldErrors& errors) {
  const ErrorRow& row = row_of(code);
  Response response{.status = row.status, .content_type = "application/problem+json"};
  JsonWriter out(response.body);
  out.begin_object();
  out.key("type").text(std::string("/problems/") += row.name);
  out.key("title").text(row.title);
  out.key("status").integer(row.status);
  out.key("detail").text(detail);
  out.key("errors");
  write_errors(out, errors);
  out.end_object();
  return response;
}

Response problem(const FieldErrors& errors) {
  const auto other = std::ranges::find_if(errors, [](const auto& error) { return row_of(error.code).status != 400; });
  const Code code = other == errors.end() ? Code::invalid_request : other->code;
  if (errors.size() == 1) return problem(code, errors[0].where + ": " + errors[0].message, errors);
  return problem(code, std::to_string(errors.size()) + " faults in the request", errors);
}

std::optional<Response> parameters_refused(const Members& query) {
  FieldErrors errors;
  for (const Member& member : query) {
    errors.push_back({member.key, Code::unknown_key, "expected no query parameters"});
  }
  return errors.empty() ? std::nullopt : std::optional(problem(errors));
}

}  // namespace kordon::api
