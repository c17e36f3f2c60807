#include "server/service.hpp"

#include "api/problem.hpp"
#include "server/http_text.hpp"

namespace kordon::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view retry_after_s = "1";

api::Request request_of(const RequestHead& head, std::string_view body) {
  return {.method = head.method,
          .target = head.target,
          .accept = head[Field::accept],
          .content_type = head[Field::content_type],
          .body = body,
          .received = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
          .host = head[Field::host],
          .if_none_match = head[Field::if_none_match]};
}

api::Response failed(const std::exception& fault) {
  log_error("request_failed", fault.what());
  return api::problem(api::Code::internal, "the request could not be answered");
}

Framing framing_of(const Exchange& exchange, std::string_view date) {
  return {.http_1_1 = exchange.http_1_1,
          .keep_alive = exchange.keep_alive,
          .head = exchange.method == "HEAD",
          .date = date,
          .request_id = exchange.id.view(),
          .traceparent = exchange.trace.view()};
}

}  // namespace

Exchange Service::begin() {
  Exchange exchange;
  exchange.id = choose_request_id({}, ids_);
  return exchange;
}

Exchange Service::begin(const RequestHead& head) {
  Exchange exchange;
  exchange.method = head.method;
  if (shared_.config.log_positions && head[Field::dnt] != "1") exchange.target = head.target;
  exchange.http_1_1 = head.http_1_1;
  exchange.keep_alive = head.keep_alive;
  exchange.id = choose_request_id(head[Field::x_request_id], ids_);
  exchange.trace = follow_trace(head[Field::traceparent], ids_);
  return exchange;
}

api::Response Service::answer(const RequestHead& head, std::string_view body) {
  try {
    return shared_.answer(*world_.get(), request_of(head, body));
  } catch (const std::exception& fault) {
    return failed(fault);
  }
}

std::expected<std::optional<OpenStream>, api::Response> Service::open_stream(const RequestHead& head) {
  try {
    OpenStream stream{world_.get(), {}};
    auto opened = api::open_stream(*stream.world, request_of(head, {}));
    if (!opened) return std::unexpected(api::problem(opened.error()));
    if (!*opened) return std::nullopt;
    stream.opened = std::move(**opened);
    return stream;
  } catch (const std::exception& fault) {
    return std::unexpected(failed(fault));
  }
}

void Service::finish(Exchange& exchange, const api::Response& response, std::string& out) {
  exchange.keep_alive = exchange.keep_alive && !shared_.draining.load(std::memory_order_relaxed);
  append_response(out, response, framing_of(exchange, date_));
  note(exchange, response.status, response.route, response.body.size());
}

void Service::begin_answer(Exchange& exchange, const api::OpenedStream& opened, std::string& out) {
  const bool ends_by_closing = !exchange.http_1_1 || shared_.draining.load(std::memory_order_relaxed);
  exchange.keep_alive = exchange.keep_alive && !ends_by_closing;
  const api::Response head{.content_type = opened.content_type, .headers = opened.headers};
  append_stream_head(out, head, framing_of(exchange, date_));
}

void Service::end_answer(const Exchange& exchange, const api::OpenedStream& opened, std::uint64_t response_bytes,
                         int status) {
  note(exchange, status, opened.route, response_bytes);
}

void Service::note(const Exchange& exchange, int status, std::string_view route, std::uint64_t response_bytes) {
  log_.add({.method = exchange.method,
            .route = route,
            .target = exchange.target,
            .request_id = exchange.id.view(),
            .trace_id = trace_id(exchange.trace),
            .token = {},
            .status = status,
            .request_bytes = exchange.request_bytes,
            .response_bytes = response_bytes,
            .took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.start)});
}

void Service::tick() {
  date_ = http_date(std::chrono::system_clock::now());
  world_.get();
  log_.flush();
}

api::Response overloaded(std::string_view detail) {
  auto response = api::problem(api::Code::overloaded, detail);
  response.headers.emplace_back("Retry-After", retry_after_s);
  return response;
}

}  // namespace kordon::server
