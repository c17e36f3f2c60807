#include "api/openapi.hpp"

#include "api/problem.hpp"

namespace kordon::embedded {
extern const std::string_view openapi;
extern const std::string_view docs;
}  // namespace kordon::embedded

namespace kordon::api {

Response get_openapi(const Call& call) {
  if (auto refused = parameters_refused(call.query)) return std::move(*refused);
  const bool plain = call.media_type == "application/json";
  return {.content_type = std::string(call.media_type) + (plain ? "" : ";version=3.1"),
          .body = std::string(embedded::openapi)};
}

Response get_docs(const Call& call) {
  if (auto refused = parameters_refused(call.query)) return std::move(*refused);
  return {.content_type = "text/html; charset=utf-8", .body = std::string(embedded::docs)};
}

}  // namespace kordon::api
