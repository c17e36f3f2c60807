#include "server/whole_request.hpp"

#include "api/http/problem.hpp"

namespace kordon::server {

WholeRequest::WholeRequest(const Reception& reception, BegunRequest begun)
    : shared_(reception.shared),
      service_(reception.service),
      kept_(std::move(begun.kept)),
      exchange_(std::move(begun.exchange)) {}

WholeRequest::~WholeRequest() { shared_.held_bytes -= body_.size(); }

Advance WholeRequest::advance(std::string_view received, std::string& out) {
  const auto step = kept_.put_body(received);
  if (!step) return refuse(api::http::problem({{"body", evaluation::Code::bad_http, step.error()}}), out);
  if (const auto refusal = hold(step->piece)) return refuse(*refusal, out);
  if (!kept_.is_done()) return {step->consumed > 0 ? Outcome::moved : Outcome::needs_more, step->consumed};
  exchange_.request_bytes = body_.size();
  service_.finish(exchange_, service_.answer(exchange_, kept_.head(), body_), out);
  return {exchange_.keep_alive ? Outcome::answered : Outcome::ended, step->consumed};
}

std::optional<api::http::Response> WholeRequest::hold(std::string_view piece) {
  const auto& limits = shared_.config.limits;
  if (body_.size() + piece.size() > limits.body_bytes) return body_too_large(limits.body_bytes);
  if (shared_.held_bytes.fetch_add(piece.size()) + piece.size() > limits.held_bytes) {
    shared_.held_bytes -= piece.size();
    return overloaded("too many bodies are being received");
  }
  body_ += piece;
  return {};
}

Advance WholeRequest::refuse(const api::http::Response& problem, std::string& out) {
  exchange_.keep_alive = false;
  service_.finish(exchange_, problem, out);
  return {Outcome::ended, 0};
}

}  // namespace kordon::server
