#include "server/skipped_request.hpp"

#include "api/http/problem.hpp"

namespace kordon::server {

SkippedRequest::SkippedRequest(const Reception& reception, BegunRequest begun, bool to_its_end)
    : service_(reception.service),
      kept_(std::move(begun.kept)),
      exchange_(std::move(begun.exchange)),
      to_its_end_(to_its_end) {}

Advance SkippedRequest::advance(std::string_view received, std::string& out) {
  const auto step = kept_.put_body(received);
  if (!step) {
    exchange_.keep_alive = false;
    service_.finish(exchange_, api::http::problem({{"body", evaluation::Code::bad_http, step.error().text}}), out);
    return {Outcome::ended, 0};
  }
  exchange_.request_bytes += step->piece.size();
  if (!to_its_end_) {
    exchange_.keep_alive = false;
    service_.finish(exchange_, service_.answer_without_body(exchange_, kept_.head()), out);
    return {Outcome::ended, step->consumed};
  }
  if (!kept_.is_done()) return {step->consumed > 0 ? Outcome::moved : Outcome::needs_more, step->consumed};
  service_.finish(exchange_, service_.answer(exchange_, kept_.head(), {}), out);
  return {exchange_.keep_alive ? Outcome::answered : Outcome::ended, step->consumed};
}

}  // namespace kordon::server
