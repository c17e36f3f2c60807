#include "server/connection.hpp"

#include <sys/epoll.h>

#include <algorithm>

#include "api/problem.hpp"
#include "server/worker.hpp"

namespace kordon::server {
namespace {

constexpr unsigned steps_a_turn = 32;           // requests, or pieces of a body that is not streamed
constexpr std::size_t turn_bytes = 256 * 1024;  // answers that may wait before they are written
constexpr std::size_t kept_bytes = 64 * 1024;   // a larger buffer is given back once it is written
constexpr std::chrono::milliseconds linger_time{2000};
constexpr std::chrono::milliseconds last_call{250};  // for a request that is on its way when the server stops

}  // namespace

Connection::Connection(Arrival arrival, Worker& worker)
    : transport_(std::move(arrival.transport)),
      place_(std::move(arrival.place)),
      caller_(arrival.caller),
      worker_(worker) {
  if (place_.verdict() == Admission::Verdict::admitted) return;
  auto exchange = worker_.service().begin();
  worker_.service().finish(exchange, overloaded("too many connections"), out_);
  state_ = State::closing;
}

void Connection::on_events(std::uint32_t events) {
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) hung_up_ = true;
  if (events != EPOLLOUT || transport_.is_tls()) readable_ = true;
  if (!waits_for_turn) turn();
}

void Connection::turn() {
  if (out_.empty()) out_.swap(worker_.spare_output());
  work();
  if (is_open()) arm();
  input_.keep();
  if (out_.empty()) out_.swap(worker_.spare_output());
}

void Connection::work() {
  unsigned steps = 0;
  while (flush()) {
    if (state_ != State::open) return linger();
    if (steps >= steps_a_turn) return worker_.give_turn(*this);
    while (state_ == State::open && steps < steps_a_turn && out_.size() < turn_bytes && advance()) {
      // A piece of a stream is written before the next is read, and after it the others go on.
      steps += incoming_ && incoming_->streams() ? steps_a_turn : 1;
    }
    const bool stuck = out_.empty() && steps < steps_a_turn && state_ == State::open;
    if (stuck && !receive()) return;
  }
}

/// Whether all answers are written.
bool Connection::flush() {
  while (sent_ < out_.size()) {
    const auto result = transport_.write(std::string_view(out_).substr(sent_));
    if (result.state == IoState::closed) close();
    if (result.state != IoState::done) return false;
    sent_ += result.bytes;
    progressed_ = true;
  }
  sent_ = 0;
  out_.clear();
  if (out_.capacity() > kept_bytes) std::string().swap(out_);
  return is_open();
}

/// Whether bytes came. After a read that has emptied the socket there is no need for another, unless the client has
/// hung up: then the end is still to be read.
bool Connection::receive() {
  if (!readable_) return false;
  if (!input_.empty()) input_.keep();
  const auto buffer = worker_.read_buffer();
  const auto result = transport_.read(buffer);
  if (result.state == IoState::closed) close();
  if (result.state != IoState::done || (result.drained && !hung_up_)) readable_ = false;
  if (result.state != IoState::done) return false;
  input_.add({buffer.data(), result.bytes});
  progressed_ = true;
  return true;
}

/// Whether anything was done with the input.
bool Connection::advance() { return incoming_ ? advance_body() : read_head(); }

bool Connection::advance_body() {
  const auto [outcome, consumed] = incoming_->advance(input_.bytes(), out_);
  input_.consume(consumed);
  if (outcome == Outcome::needs_more) return false;
  if (outcome != Outcome::moved) finish_request(outcome == Outcome::answered);
  return true;
}

bool Connection::read_head() {
  if (input_.bytes().starts_with("\r\n")) input_.consume(2);  // RFC 9112, 2.2: after a body, by some clients
  const auto limit = worker_.config().limits.header_bytes;
  const auto text = input_.bytes().substr(0, limit);
  const auto end = find_head_end(text, scanned_);
  if (!end) {
    refuse(api::Code::bad_http, end.error());
    return true;
  }
  if (*end == 0) {
    if (text.size() < limit) return false;
    refuse_large_head(text);
    return true;
  }
  scanned_ = 0;
  const auto head = parse_head(text.substr(0, *end));
  if (!head) {
    refuse(api::Code::bad_http, head.error());
    return true;
  }
  start_request(text.substr(0, *end), *head);
  return true;
}

void Connection::start_request(std::string_view text, const RequestHead& head) {
  auto& service = worker_.service();
  if (head.body == BodyKind::none) {
    auto exchange = service.begin(head, caller_);
    const auto refusal = service.refuse(exchange, head);
    service.finish(exchange, refusal ? *refusal : service.answer(exchange, head, {}), out_);
    finish_request(exchange.keep_alive);
    input_.consume(text.size());
    return;
  }
  const bool has_come = input_.bytes().size() > text.size();
  incoming_ = receive_body({worker_.shared(), service, caller_}, text, has_come, out_);
  if (!incoming_) finish_request(false);
  input_.consume(text.size());
}

void Connection::finish_request(bool goes_on) {
  incoming_.reset();
  wait_ = Wait::nothing;
  if (!goes_on) state_ = State::closing;
}

void Connection::refuse(api::Code code, std::string_view detail) {
  auto exchange = worker_.service().begin();
  worker_.service().finish(exchange, api::problem(code, detail, {{"request", code, std::string(detail)}}), out_);
  finish_request(false);
}

void Connection::refuse_large_head(std::string_view start) {
  const bool in_request_line = !start.contains('\n');
  refuse(in_request_line ? api::Code::url_too_long : api::Code::headers_too_large,
         "expected a request line and header fields of at most " + std::to_string(start.size()) + " bytes");
}

/// Closing with unread bytes resets the connection, and the reset can overtake the answer: so read to the end first.
void Connection::linger() {
  if (state_ == State::closing) transport_.finish_writing();
  state_ = State::lingering;
  for (unsigned reads = 0; readable_; ++reads) {
    if (reads == steps_a_turn) return worker_.give_turn(*this);
    input_.consume(input_.bytes().size());
    if (!receive()) return;
  }
}

Connection::Wait Connection::wait_kind() const {
  if (state_ == State::lingering) return Wait::linger;
  if (!out_.empty()) return Wait::write;
  if (incoming_) return incoming_->streams() ? Wait::piece : Wait::body;
  return input_.empty() ? Wait::idle : Wait::header;
}

std::chrono::milliseconds Connection::time_for(Wait wait) const {
  const auto& timeouts = worker_.config().timeouts;
  switch (wait) {
    case Wait::header:
      return timeouts.header;
    case Wait::body:
    case Wait::piece:
      return timeouts.body;
    case Wait::write:
      return timeouts.write;
    case Wait::linger:
      return linger_time;
    case Wait::idle:
    case Wait::nothing:
      break;
  }
  return worker_.stopping() ? last_call : timeouts.idle;
}

/// The end of a turn: what is waited for now, and until when. A client that drips moves only the deadlines of what may
/// be of any length.
void Connection::arm() {
  const auto kind = wait_kind();
  const bool moves = kind == Wait::idle || kind == Wait::piece || kind == Wait::write;
  if (kind != wait_ || (moves && progressed_)) deadline_ = worker_.now() + time_for(kind);
  wait_ = kind;
  progressed_ = false;
}

void Connection::expire(std::chrono::steady_clock::time_point now) {
  if (now < deadline_ || waits_for_turn) return;
  const bool in_request = wait_ == Wait::header || wait_ == Wait::body || wait_ == Wait::piece;
  if (!in_request || (incoming_ && incoming_->answer_begun())) return close();
  refuse(api::Code::request_timeout, "the request did not arrive in time");
  turn();
}

void Connection::stop_soon() {
  if (wait_ == Wait::idle) deadline_ = std::min(deadline_, worker_.now() + last_call);
}

}  // namespace kordon::server
