#include "server/incoming.hpp"

#include "api/endpoints.hpp"
#include "api/http/problem.hpp"
#include "server/skipped_request.hpp"
#include "server/streamed_request.hpp"
#include "server/whole_request.hpp"

namespace kordon::server {
namespace {

/// A request whose body may come.
struct Accepted {
  std::optional<OpenStream> stream;              ///< none: the body is received whole
  std::unique_ptr<FairShares::Holding> holding;  ///< none: nothing of the body is kept
};

/// Some clients send a GET with a body.
bool may_be_skipped(const config::Limits& limits, const RequestHead& head) {
  return (head.method == "GET" || head.method == "HEAD") && head.body == BodyKind::length &&
         head.content_length <= limits.body_bytes;
}

/// What is wrong with a request, apart from its body; else what it needs.
std::expected<Accepted, api::http::Response> check(const Reception& reception, Exchange& exchange,
                                                   const RequestHead& head, bool has_come) {
  auto& [shared, service, caller] = reception;
  if (auto problem = service.access_problem(exchange, head)) return std::unexpected(std::move(*problem));
  if (!api::takes_body(head.method, head.target)) {
    if (has_come || may_be_skipped(shared.config.limits, head)) return Accepted{};
    return std::unexpected(service.answer_without_body(exchange, head));
  }
  auto stream = service.open_stream(exchange, head);
  if (!stream) return std::unexpected(std::move(stream.error()));
  const auto& limits = shared.config.limits;
  const auto max_bytes = *stream ? limits.stream_bytes : limits.body_bytes;
  if (max_bytes > 0 && head.content_length > max_bytes) return std::unexpected(body_too_large(max_bytes));
  auto holding = std::make_unique<FairShares::Holding>(*stream ? shared.streams : shared.held_bytes, exchange.client);
  if (*stream && !holding->add(1)) return std::unexpected(overloaded("too many streams are under way"));
  return Accepted{std::move(*stream), std::move(holding)};
}

}  // namespace

std::expected<BodyReader::Step, HttpFault> KeptRequest::put_body(std::string_view bytes) {
  auto step = body_.put(bytes);
  if (!step || !gunzip_) return step;
  const auto plain = gunzip_->put(step->piece);
  if (!plain) return std::unexpected(plain.error());
  if (is_done() && !gunzip_->is_whole()) {
    return std::unexpected(HttpFault("the body ends in the middle of what gzip has packed"));
  }
  return BodyReader::Step{step->consumed, *plain};
}

BegunRequest begin_request(Service& service, const Caller& caller, std::string_view head_text) {
  KeptRequest kept(head_text);
  auto exchange = service.begin(kept.head(), caller);
  exchange.abandoned = std::make_shared<std::atomic<bool>>(false);
  return {std::move(kept), std::move(exchange)};
}

std::unique_ptr<Incoming> receive_body(const Reception& reception, std::string_view head_text, bool has_come,
                                       std::string& out) {
  auto begun = begin_request(reception.service, reception.caller, head_text);
  auto accepted = check(reception, begun.exchange, begun.kept.head(), has_come);
  if (!accepted) {
    begun.exchange.keep_alive = false;
    reception.service.finish(begun.exchange, std::move(accepted.error()), out);
    return nullptr;
  }
  if (begun.kept.head().expects_continue && !has_come) out += "HTTP/1.1 100 Continue\r\n\r\n";
  begun.holding = std::move(accepted->holding);
  if (!begun.holding) {
    const bool to_its_end = may_be_skipped(reception.shared.config.limits, begun.kept.head());
    return std::make_unique<SkippedRequest>(reception, std::move(begun), to_its_end);
  }
  auto& stream = accepted->stream;
  if (stream) return std::make_unique<StreamedRequest>(reception, std::move(begun), std::move(*stream));
  return std::make_unique<WholeRequest>(reception, std::move(begun));
}

api::http::Response body_too_large(std::size_t max_bytes) {
  return api::http::problem(
      {{"body", evaluation::Code::body_too_large, "expected at most " + std::to_string(max_bytes) + " bytes"}});
}

}  // namespace kordon::server
