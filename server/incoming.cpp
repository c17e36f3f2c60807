#include "server/incoming.hpp"

#include "api/http/problem.hpp"
#include "server/streamed_request.hpp"
#include "server/whole_request.hpp"

namespace kordon::server {
namespace {

/// What is wrong with a request, apart from its body; else its stream, if it is one.
std::expected<std::optional<OpenStream>, api::http::Response> check(const Reception& reception, Exchange& exchange,
                                                                    const RequestHead& head) {
  auto& [shared, service, caller] = reception;
  if (auto refusal = service.refuse(exchange, head)) return std::unexpected(std::move(*refusal));
  auto stream = service.open_stream(exchange, head);
  if (!stream) return stream;
  const auto& limits = shared.config.limits;
  const auto max_bytes = *stream ? limits.stream_bytes : limits.body_bytes;
  if (max_bytes > 0 && head.content_length > max_bytes) return std::unexpected(body_too_large(max_bytes));
  if (*stream && shared.streams >= limits.streams) return std::unexpected(overloaded("too many streams are under way"));
  return stream;
}

}  // namespace

BegunRequest begin_request(Service& service, const Caller& caller, std::string_view head_text) {
  KeptRequest kept(head_text);
  auto exchange = service.begin(kept.head(), caller);
  return {std::move(kept), std::move(exchange)};
}

std::unique_ptr<Incoming> receive_body(const Reception& reception, std::string_view head_text, bool has_come,
                                       std::string& out) {
  auto begun = begin_request(reception.service, reception.caller, head_text);
  auto stream = check(reception, begun.exchange, begun.kept.head());
  if (!stream) {
    begun.exchange.keep_alive = false;
    reception.service.finish(begun.exchange, stream.error(), out);
    return nullptr;
  }
  if (begun.kept.head().expects_continue && !has_come) out += "HTTP/1.1 100 Continue\r\n\r\n";
  if (*stream) return std::make_unique<StreamedRequest>(reception, std::move(begun), std::move(**stream));
  return std::make_unique<WholeRequest>(reception, std::move(begun));
}

api::http::Response body_too_large(std::size_t max_bytes) {
  return api::http::problem(
      {{"body", evaluation::Code::body_too_large, "expected at most " + std::to_string(max_bytes) + " bytes"}});
}

}  // namespace kordon::server
