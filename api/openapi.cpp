#include "api/openapi.hpp"

#include "api/http/page_policy.hpp"
#include "api/http/problem.hpp"

namespace kordon::embedded {
extern const std::string_view openapi;
extern const std::string_view openapi_30;
extern const std::string_view docs;
}  // namespace kordon::embedded

namespace kordon::api {

http::Response get_openapi(const http::Call& call) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  const bool plain = call.media_type == "application/json";
  return {.content_type = std::string(call.media_type) + (plain ? "" : ";version=3.1"),
          .body = std::string(embedded::openapi)};
}

http::Response get_openapi_30(const http::Call& call) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  const bool plain = call.media_type == "application/json";
  return {.content_type = std::string(call.media_type) + (plain ? "" : ";version=3.0"),
          .body = std::string(embedded::openapi_30)};
}

http::Response get_docs(const http::Call& call) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  static const auto policy = http::page_policy(embedded::docs);
  http::Response response{.content_type = "text/html; charset=utf-8", .body = std::string(embedded::docs)};
  response.headers.emplace_back("Content-Security-Policy", policy);
  return response;
}

}  // namespace kordon::api
