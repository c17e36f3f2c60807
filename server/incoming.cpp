#include "server/incoming.hpp"

#include "api/problem.hpp"
#include "server/streamed_request.hpp"
#include "server/whole_request.hpp"

namespace kordon::server {
namespace {

void refuse(Service& service, const RequestHead& head, const api::Response& problem, std::string& out) {
  auto exchange = service.begin(head);
  exchange.keep_alive = false;
  service.finish(exchange, problem, out);
}

}  // namespace

std::unique_ptr<Incoming> receive_body(const Reception& reception, std::string_view head_text, bool has_come,
                                       std::string& out) {
  auto& [shared, service] = reception;
  KeptHead kept(head_text);
  const auto& head = kept.head();
  auto stream = service.open_stream(head);
  if (!stream) {
    refuse(service, head, stream.error(), out);
    return nullptr;
  }
  const auto max_bytes = *stream ? shared.config.limits.stream_bytes : shared.config.limits.body_bytes;
  if (max_bytes > 0 && head.content_length > max_bytes) {
    refuse(service, head, body_too_large(max_bytes), out);
    return nullptr;
  }
  if (*stream && shared.streams >= shared.config.limits.streams) {
    refuse(service, head, overloaded("too many streams are under way"), out);
    return nullptr;
  }
  if (head.expects_continue && !has_come) out += "HTTP/1.1 100 Continue\r\n\r\n";
  if (*stream) return std::make_unique<StreamedRequest>(reception, std::move(kept), std::move(**stream));
  return std::make_unique<WholeRequest>(reception, std::move(kept));
}

api::Response body_too_large(std::size_t max_bytes) {
  return api::problem(
      {{"body", api::Code::body_too_large, "expected at most " + std::to_string(max_bytes) + " bytes"}});
}

}  // namespace kordon::server
