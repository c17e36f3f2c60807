#include "server/http_fault.hpp"

#include "api/http/problem.hpp"

namespace kordon::server {
namespace {

evaluation::Code code_of(HttpFault::Kind kind) {
  switch (kind) {
    case HttpFault::Kind::version:
      return evaluation::Code::http_version_not_supported;
    case HttpFault::Kind::long_target:
      return evaluation::Code::url_too_long;
    case HttpFault::Kind::large_head:
      return evaluation::Code::headers_too_large;
    case HttpFault::Kind::late:
      return evaluation::Code::request_timeout;
    case HttpFault::Kind::malformed:
      break;
  }
  return evaluation::Code::bad_http;
}

}  // namespace

HttpFault too_large(std::string_view start) {
  const bool in_request_line = !start.contains('\n');
  return HttpFault("expected a request line and header fields of at most " + std::to_string(start.size()) + " bytes",
                   in_request_line ? HttpFault::Kind::long_target : HttpFault::Kind::large_head);
}

api::http::Response problem_of(const HttpFault& fault) {
  const auto code = code_of(fault.kind);
  return api::http::problem(code, fault.text, {{"request", code, fault.text}});
}

}  // namespace kordon::server
