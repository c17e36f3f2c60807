#include "server/whole_request.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "api/http/target.hpp"
#include "text/ascii.hpp"

namespace kordon::server {
namespace {

/// Of a body that is answered within a turn: some hundred positions, each far from every line, would take too long.
constexpr std::size_t quick_bytes = 2048;

/// A line, an area or a reference system may take longer than some hundred positions; an escape may hide one.
bool is_quick(const RequestHead& head, std::string_view body) {
  const auto target = api::http::parse_target(head.target);
  const bool in_crs =
      !target || std::ranges::find(target->query, "crs", &evaluation::Member::key) != target->query.end();
  return !in_crs && body.size() <= quick_bytes && !body.contains("LineString") && !body.contains("olygon") &&
         !body.contains("disc_radius_m") && !body.contains('\\') && !text::lowered(body).contains("crs");
}

}  // namespace

WholeRequest::WholeRequest(const Reception& reception, BegunRequest begun)
    : shared_(reception.shared),
      service_(reception.service),
      begun_(std::move(begun)),
      held_(shared_.budget, Hold::received, 1) {}

Advance WholeRequest::advance(std::string_view received, std::string& out) {
  const auto step = begun_.kept.put_body(received);
  if (!step) return refuse(api::http::problem({{"body", evaluation::Code::bad_http, step.error().text}}), out);
  if (const auto problem = hold(step->piece)) return refuse(*problem, out);
  if (!begun_.kept.is_done()) return {step->consumed > 0 ? Outcome::moved : Outcome::needs_more, step->consumed};
  auto& exchange = begun_.exchange;
  exchange.request_bytes = body_.size();
  if (!is_quick(begun_.kept.head(), body_)) return {Outcome::large, step->consumed};
  service_.finish(exchange, service_.answer(exchange, begun_.kept.head(), body_), out);
  return {exchange.keep_alive ? Outcome::answered : Outcome::ended, step->consumed};
}

std::optional<api::http::Response> WholeRequest::hold(std::string_view piece) {
  const auto& limits = shared_.config.limits;
  if (body_.size() + piece.size() > limits.body_bytes) return body_too_large(limits.body_bytes);
  if (!held_.has_room(piece.size())) return overloaded("as many bytes are held for clients as may be");
  if (!begun_.holding->add(piece.size())) return overloaded("too many bodies are being received");
  body_ += piece;
  held_.set(body_.size());
  return {};
}

void WholeRequest::abandon(std::string_view why) { service_.note_cut_off(begun_.exchange, why); }

Advance WholeRequest::refuse(const api::http::Response& problem, std::string& out) {
  begun_.exchange.keep_alive = false;
  service_.finish(begun_.exchange, problem, out);
  return {Outcome::ended, 0};
}

}  // namespace kordon::server
