#include "server/session.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "api/problem.hpp"
#include "server/http_text.hpp"
#include "server/log.hpp"
#include "server/worker.hpp"

namespace kordon::server {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;

constexpr std::size_t read_bytes = 16 * 1024;
constexpr std::size_t turn_bytes = 256 * 1024;   // answers of one turn, before the rest of a pipeline waits
constexpr std::size_t kept_bytes = 1024 * 1024;  // larger buffers are given back between turns
constexpr std::chrono::seconds linger_time{2};
constexpr std::chrono::milliseconds last_call{250};  // for a request that is on its way when the server stops

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Session::Session(asio::ip::tcp::socket socket, Worker& worker) : socket_(std::move(socket)), worker_(worker) {
  renew_parser();
  worker_.enter(*this);
}

Session::~Session() { worker_.leave(*this); }

void Session::renew_parser() {
  parser_.emplace();
  parser_->eager(true);
  parser_->body_limit(worker_.config().limits.body_bytes);
  parser_->header_limit(static_cast<std::uint32_t>(worker_.config().limits.header_bytes));
  request_timed_ = false;
  invited_ = false;
}

void Session::read() {
  state_ = State::reading;
  const auto& timeouts = worker_.config().timeouts;
  if (!in_request()) {
    deadline_ = Clock::now() + (worker_.stopping() ? last_call : timeouts.idle);
  } else if (!request_timed_) {
    deadline_ = Clock::now() + timeouts.read;
    request_timed_ = true;
  }
  socket_.async_read_some(in_.prepare(read_bytes), [self = shared_from_this()](ErrorCode fault, std::size_t bytes) {
    self->on_read(fault, bytes);
  });
}

void Session::on_read(ErrorCode fault, std::size_t bytes) {
  if (expired_) {
    refuse(api::Code::request_timeout, "the request did not arrive in time");
    return write();
  }
  if (fault) return close();
  in_.commit(bytes);
  process();
}

void Session::process() {
  parse_some();
  if (out_.empty()) return read();
  write();
}

void Session::parse_some() {
  blocked_ = false;
  while (in_.size() > 0 && !closing_) {
    if (out_.size() >= turn_bytes) {
      blocked_ = true;
      return;
    }
    ErrorCode fault;
    in_.consume(parser_->put(in_.data(), fault));
    if (fault == http::error::need_more) break;
    if (fault) return refuse(fault);
    if (parser_->is_done()) respond();
  }
  if (!closing_) invite_body();
}

/// What Beast lets through and RFC 9112 (3.2) does not: HTTP/1.1 without exactly one Host.
bool Session::valid_header() {
  const auto& header = parser_->get();
  return header.version() < 11 || header.count(http::field::host) == 1;
}

void Session::invite_body() {
  if (invited_ || !parser_->is_header_done() || parser_->is_done()) return;
  const auto& header = parser_->get();
  if (header.version() < 11 || !boost::beast::iequals(header[http::field::expect], "100-continue")) return;
  out_ += "HTTP/1.1 100 Continue\r\n\r\n";
  invited_ = true;
}

void Session::respond() {
  if (!valid_header()) return refuse(api::Code::bad_http, "expected exactly one Host field");
  const auto start = Clock::now();
  const auto message = parser_->release();
  const api::Request request{
      .method = view(message.method_string()),
      .target = view(message.target()),
      .accept = view(message[http::field::accept]),
      .content_type = view(message[http::field::content_type]),
      .body = message.body(),
      .received = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()),
      .host = view(message[http::field::host])};
  const auto response = worker_.answer(request);
  closing_ = !message.keep_alive() || worker_.stopping();
  append_response(out_, response,
                  {.http_1_1 = message.version() >= 11,
                   .keep_alive = !closing_,
                   .head = request.method == "HEAD",
                   .date = worker_.date()});
  log_access({.method = request.method,
              .route = response.route,
              .status = response.status,
              .request_bytes = request.body.size(),
              .response_bytes = response.body.size(),
              .took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start)});
  renew_parser();
}

void Session::refuse(api::Code code, std::string_view detail) {
  const auto response = api::problem(code, detail, {{"request", code, std::string(detail)}});
  closing_ = true;
  append_response(out_, response, {.keep_alive = false, .date = worker_.date()});
  log_access({.method = "-", .route = "-", .status = response.status, .response_bytes = response.body.size()});
}

void Session::refuse(ErrorCode fault) {
  const auto& limits = worker_.config().limits;
  if (fault == http::error::body_limit) {
    return refuse(api::Code::body_too_large,
                  "expected a body of at most " + std::to_string(limits.body_bytes) + " bytes");
  }
  if (fault != http::error::header_limit) return refuse(api::Code::bad_http, "not valid HTTP/1.1: " + fault.message());
  // Beast sets the target once the request line is whole.
  const bool in_request_line = parser_->get().target().empty();
  refuse(in_request_line ? api::Code::url_too_long : api::Code::headers_too_large,
         "expected a request line and header fields of at most " + std::to_string(limits.header_bytes) + " bytes");
}

void Session::write() {
  state_ = State::writing;
  deadline_ = Clock::now() + worker_.config().timeouts.write;
  asio::async_write(socket_, asio::buffer(out_),
                    [self = shared_from_this()](ErrorCode fault, std::size_t) { self->on_write(fault); });
}

void Session::on_write(ErrorCode fault) {
  if (fault) return close();
  out_.clear();
  if (out_.capacity() > kept_bytes) out_.shrink_to_fit();
  if (in_.size() == 0 && in_.capacity() > kept_bytes) in_.shrink_to_fit();
  if (closing_) {
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, fault);
    deadline_ = Clock::now() + linger_time;
    return linger();
  }
  blocked_ ? process() : read();
}

/// Closing with unread bytes resets the connection, and the reset can overtake the answer: so read to the end first.
void Session::linger() {
  state_ = State::lingering;
  in_.consume(in_.size());
  socket_.async_read_some(in_.prepare(read_bytes), [self = shared_from_this()](ErrorCode fault, std::size_t) {
    fault ? self->close() : self->linger();
  });
}

void Session::expire(Clock::time_point now) {
  if (now < deadline_) return;
  if (state_ != State::reading || !in_request() || expired_) return close();
  expired_ = true;
  ErrorCode ignored;
  socket_.cancel(ignored);
}

void Session::stop_soon() {
  if (state_ == State::reading && !in_request()) deadline_ = std::min(deadline_, Clock::now() + last_call);
}

void Session::close() {
  ErrorCode ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
}

}  // namespace kordon::server
