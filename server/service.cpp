#include "server/service.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "api/stream.hpp"
#include "server/answer_queue.hpp"
#include "server/authentication.hpp"
#include "server/content_coding.hpp"
#include "server/cors.hpp"
#include "server/http_text.hpp"
#include "server/operators.hpp"
#include "text/ascii.hpp"

namespace kordon::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view retry_after_s = "1";
constexpr int status_of_cut_off = 0;
constexpr std::size_t least_counted_bytes = BudgetShare::few_bytes;
constexpr std::size_t kept_body_bytes = 64 * 1024;  // of the last answer, for the next one

api::http::Request request_of(const Shared& shared, const Exchange& exchange, const RequestHead& head,
                              std::string_view body) {
  return {.method = head.method,
          .target = head.target,
          .accept = head[Field::accept],
          .content_type = head[Field::content_type],
          .body = body,
          .received = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
          .host = head[Field::host],
          .tls = exchange.caller.tls,
          .if_none_match = head[Field::if_none_match],
          .accepts_gzip = exchange.accepts_gzip,
          .abandoned = exchange.abandoned,
          .settings = &shared.config};
}

/// An answer while it is made.
struct HeldAnswer {
  bool grow_to(std::size_t to_bytes) {
    if (!share.has_room(to_bytes - std::min(to_bytes, bytes))) return false;
    share.set(bytes = to_bytes);
    return true;
  }

  BudgetShare share;
  std::size_t bytes = 0;
};

Framing framing_of(const Exchange& exchange, std::string_view date) {
  return {.http_1_1 = exchange.http_1_1,
          .keep_alive = exchange.keep_alive,
          .head = exchange.method == "HEAD",
          .date = date,
          .request_id = exchange.id.view(),
          .traceparent = exchange.trace.view(),
          .allowed_origin = exchange.allowed_origin,
          .varies_by_origin = exchange.varies_by_origin,
          .preflight = exchange.preflight,
          .strict_transport = exchange.caller.tls};
}

}  // namespace

Exchange Service::begin() {
  Exchange exchange;
  exchange.id = choose_request_id({}, ids_);
  return exchange;
}

Exchange Service::begin(const RequestHead& head, const Caller& caller) {
  Exchange exchange;
  exchange.caller = caller;
  exchange.method = head.method;
  if (shared_.config.log_positions && head[Field::dnt] != "1" && head[Field::sec_gpc] != "1") {
    exchange.target = head.target;
  }
  exchange.http_1_1 = head.http_1_1;
  exchange.keep_alive = head.keep_alive;
  exchange.id = choose_request_id(head[Field::x_request_id], ids_);
  exchange.trace = follow_trace(head[Field::traceparent], ids_);
  exchange.accepts_gzip = accepts_gzip(head[Field::accept_encoding]);
  exchange.allowed_origin = allowed_origin(shared_.config.cors, head[Field::origin]);
  exchange.varies_by_origin = !shared_.config.cors.origins.empty();
  exchange.preflight = head.method == "OPTIONS" && !head[Field::access_control_request_method].empty();
  return exchange;
}

std::optional<api::http::Response> Service::access_problem(Exchange& exchange, const RequestHead& head) {
  auto [problem, token, client] = authenticate(shared_, *tokens_.get(), head, exchange.caller);
  if (token) exchange.token = token->name;
  exchange.client = client;
  const auto coding = head[Field::content_encoding];
  if (!problem && !coding.empty() && !text::equal_in_any_case(coding, "identity") && !is_gzip(coding)) {
    problem = api::http::problem(
        {{"Content-Encoding", evaluation::Code::unsupported_media_type, "expected gzip, or a body as it is"}});
  }
  return std::move(problem);
}

api::http::Response Service::answer(const Exchange& exchange, const RequestHead& head, std::string_view body) {
  return answer_to(shared_, evaluator(), exchange, head, body);
}

api::http::Response Service::answer_without_body(const Exchange& exchange, const RequestHead& head) {
  auto response = answer(exchange, head, {});
  const bool is_good = response.status < 400;
  return is_good ? api::http::problem(
                       {{"body", evaluation::Code::unexpected_body, "expected no body with this method and path"}})
                 : response;
}

std::expected<std::optional<OpenStream>, api::http::Response> Service::open_stream(const Exchange& exchange,
                                                                                   const RequestHead& head) {
  if (exchange.caller.operators) return std::nullopt;
  try {
    OpenStream stream{world_.get(), {}};
    auto opened = api::open_stream(*stream.world, request_of(shared_, exchange, head, {}));
    if (!opened) return std::unexpected(api::http::problem(opened.error()));
    if (!*opened) return std::nullopt;
    stream.opened = std::move(**opened);
    return stream;
  } catch (const std::exception& fault) {
    return std::unexpected(failed(exchange, fault));
  }
}

bool Service::finish(Exchange& exchange, api::http::Response response, std::string& out) {
  exchange.keep_alive = exchange.keep_alive && !shared_.draining.load(std::memory_order_relaxed);
  auto framing = framing_of(exchange, date_);
  std::string_view body = response.body;
  framing.gzip = response.gzip;
  framing.may_gzip = framing.gzip || body.size() >= least_gzip_bytes;
  if (framing.may_gzip && exchange.accepts_gzip && !framing.gzip) {
    const auto compressed = gzip_.compress(body);
    framing.gzip = !compressed.empty();
    if (framing.gzip) body = compressed;
  }
  if (body.size() > least_counted_bytes && !shared_.budget.has_room(body.size()) && !is_for_operators(response.route)) {
    return finish(exchange, overloaded("as many bytes wait for clients as may be"), out);
  }
  append_response(out, response, body, framing);
  if (response.work.cost > 1) charge(exchange, response.work.cost - 1);  // the request itself is counted
  note(exchange, {.route = response.route, .status = response.status, .work = response.work}, body.size());
  keep_room(std::move(response.body));
  return exchange.keep_alive;
}

bool Service::finish(Exchange& exchange, const MadeAnswer& made, Outbox& out) {
  if (!made.shared && !shared_.budget.has_room(made.own.size())) {
    return finish(exchange, overloaded("as many bytes wait for clients as may be"), out.text());
  }
  exchange.keep_alive = exchange.keep_alive && !shared_.draining.load(std::memory_order_relaxed);
  auto framing = framing_of(exchange, date_);
  framing.gzip = made.gzip;
  framing.may_gzip = made.may_gzip;
  if (made.response.work.cost > 1) charge(exchange, made.response.work.cost - 1);  // the request itself is counted
  append_response_head(out.text(), made.response, made.body_bytes(), framing);
  if (has_body(made.response, framing)) made.shared ? out.add(made.shared) : out.add(made.own);
  note(exchange, {.route = made.response.route, .status = made.response.status, .work = made.response.work},
       made.body_bytes());
  return exchange.keep_alive;
}

void Service::begin_answer(Exchange& exchange, const api::OpenedStream& opened, std::string& out) {
  const bool ends_by_closing = !exchange.http_1_1 || shared_.draining.load(std::memory_order_relaxed);
  exchange.keep_alive = exchange.keep_alive && !ends_by_closing;
  const api::http::Response head{.content_type = opened.content_type, .headers = api::headers_of(opened)};
  auto framing = framing_of(exchange, date_);
  framing.gzip = exchange.accepts_gzip;
  framing.may_gzip = true;
  append_stream_head(out, head, framing);
}

void Service::charge(const Exchange& exchange, std::uint64_t rows) {
  if (shared_.rate_limiter && rows > 0) shared_.rate_limiter->charge(exchange.client, Clock::now(), rows);
}

void Service::end_answer(const Exchange& exchange, const api::OpenedStream& opened, std::uint64_t response_bytes,
                         std::string_view cut_off) {
  const auto [rows, rows_in_error, cost] = opened.stream->totals();
  note(exchange,
       {.route = opened.route,
        .status = cut_off.empty() ? 200 : status_of_cut_off,
        .work = {rows - rows_in_error, rows, rows_in_error, cost}},
       response_bytes, cut_off);
}

void Service::note_cut_off(const Exchange& exchange, std::string_view why) {
  note(exchange, {.route = "-", .status = status_of_cut_off}, 0, why);
}

/// The next answer is written where the last one was.
void Service::keep_room(std::string body) {
  const auto bytes = body.capacity();
  if (evaluator_ && bytes > evaluator_->body.capacity() && bytes <= kept_body_bytes) evaluator_->body = std::move(body);
}

/// Of the newest world.
evaluation::Evaluator& Service::evaluator() {
  const auto& world = world_.get();
  if (remembered_ != world) {
    evaluator_.emplace(*world);
    remembered_ = world;
  }
  return *evaluator_;
}

void Service::note(const Exchange& exchange, Served served, std::uint64_t response_bytes, std::string_view cut_off) {
  served.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.start);
  metrics_.add(served);
  log_.add({.method = exchange.method,
            .route = served.route,
            .target = exchange.target,
            .request_id = exchange.id.view(),
            .trace_id = trace_id(exchange.trace),
            .token = exchange.token,
            .status = served.status,
            .request_bytes = exchange.request_bytes,
            .response_bytes = response_bytes,
            .took = served.took,
            .cut_off = cut_off});
}

void Service::tick() {
  date_ = http_date(std::chrono::system_clock::now());
  evaluator();
  log_.flush();
}

api::http::Response failed(const Exchange& exchange, const std::exception& fault) {
  log_error("request_failed", std::string(exchange.id.view()) + ": " + fault.what());
  return api::http::problem(evaluation::Code::internal, "the request could not be answered");
}

api::http::Response answer_to(Shared& shared, evaluation::Evaluator& evaluator, const Exchange& exchange,
                              const RequestHead& head, std::string_view body) {
  try {
    const bool both_here = !shared.config.admin_listen;
    if (both_here || exchange.caller.operators) {
      if (auto response = answer_operators(shared, evaluator.world(), head, exchange.caller.operators))
        return std::move(*response);
    }
    if (exchange.caller.operators && !both_here)
      return api::http::problem({{"path", evaluation::Code::not_found, "no such resource"}});
    HeldAnswer held{BudgetShare(shared.budget, Hold::waiting)};
    auto request = request_of(shared, exchange, head, body);
    request.hold = [&held](std::size_t bytes) { return held.grow_to(bytes); };
    return shared.answer(evaluator, request);
  } catch (const std::exception& fault) {
    return failed(exchange, fault);
  }
}

api::http::Response overloaded(std::string_view detail) {
  auto response = api::http::problem(evaluation::Code::overloaded, detail);
  response.headers.emplace_back("Retry-After", retry_after_s);
  return response;
}

}  // namespace kordon::server
