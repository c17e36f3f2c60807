#include "server/connection.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "server/log.hpp"
#include "server/worker.hpp"

namespace kordon::server {
namespace {

constexpr unsigned steps_a_turn = 32;           // requests, or pieces of a body that is not streamed
constexpr std::size_t turn_bytes = 256 * 1024;  // answers that may wait before they are written
constexpr std::size_t read_bytes = 4 * 1024;    // what an idle connection holds; bodies are read in larger pieces
constexpr std::size_t body_read_bytes = 64 * 1024;
constexpr std::chrono::milliseconds linger_time{2000};
constexpr std::chrono::milliseconds last_call{250};  // for a request that is on its way when the server stops

/// Written is written, whatever became of the memory.
void give_back(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > read_bytes) std::string().swap(buffer);
}

}  // namespace

Connection::Connection(Arrival arrival, Worker& worker)
    : worker_(worker),
      transport_(worker.context(), std::move(arrival.socket), arrival.identity.get()),
      place_(std::move(arrival.place)),
      caller_(arrival.caller) {}

/// What comes after an operation, unless the connection is closed by then. What it throws ends this connection alone.
template <typename Work>
auto Connection::then(Work work) {
  return [self = shared_from_this(), work = std::move(work)](const IoError& error = {}, std::size_t bytes = 0) {
    if (!self->transport_.is_open()) return;
    if (error) return self->close();
    try {
      work(bytes);
    } catch (const std::exception& fault) {
      log_error("connection_failed", fault.what());
      self->close();
    }
  };
}

void Connection::start() {
  wait_for(Wait::handshake);
  if (place_.verdict() != Admission::Verdict::admitted) {
    auto exchange = worker_.service().begin();
    worker_.service().finish(exchange, overloaded("too many connections"), out_);
    state_ = State::closing;
  }
  transport_.async_handshake(then([this](std::size_t) { turn(); }));
}

void Connection::turn() {
  unsigned steps = 0;
  while (state_ == State::open && steps < steps_a_turn && out_.size() < turn_bytes && advance()) {
    // A piece of a stream is written before the next is read, and after it the others go on.
    steps += incoming_ && incoming_->streams() ? steps_a_turn : 1;
  }
  if (!out_.empty()) return write();
  if (state_ != State::open) return linger();
  if (steps >= steps_a_turn) return asio::post(worker_.context(), then([this](std::size_t) { turn(); }));
  read();
}

void Connection::read() {
  wait_for(wait_for_input());
  if (input_.size() == 0 && !incoming_ && input_.capacity() > read_bytes) input_.shrink_to_fit();
  auto next = then([this](std::size_t bytes) {
    input_.commit(bytes);
    turn();
  });
  // Aborted is what no one waits for any more, because there is something to write.
  transport_.async_read_some(input_.prepare(incoming_ ? body_read_bytes : read_bytes),
                             [next = std::move(next)](const IoError& error, std::size_t bytes) {
                               next(error == asio::error::operation_aborted ? IoError() : error, bytes);
                             });
}

void Connection::write() {
  wait_for(Wait::write);
  const asio::const_buffer rest(out_.data() + sent_, out_.size() - sent_);
  transport_.async_write_some(rest, then([this](std::size_t bytes) {
                                sent_ += bytes;
                                if (sent_ < out_.size()) return write();
                                sent_ = 0;
                                give_back(out_);
                                turn();
                              }));
}

void Connection::close() {
  if (!transport_.is_open()) return;
  transport_.close();
  worker_.forget(*this);
}

std::string_view Connection::input() const {
  const auto bytes = input_.cdata();
  return {static_cast<const char*>(bytes.data()), bytes.size()};
}

/// Whether anything was done with the input.
bool Connection::advance() { return incoming_ ? advance_body() : read_head(); }

bool Connection::advance_body() {
  const auto [outcome, consumed] = incoming_->advance(input(), out_);
  input_.consume(consumed);
  if (outcome == Outcome::needs_more) return false;
  if (outcome != Outcome::moved) finish_request(outcome == Outcome::answered);
  return true;
}

bool Connection::read_head() {
  if (input().starts_with("\r\n")) input_.consume(2);  // RFC 9112, 2.2: after a body, by some clients
  const auto limit = worker_.config().limits.header_bytes;
  const auto text = input().substr(0, limit);
  const auto end = find_head_end(text, scanned_);
  if (!end) {
    refuse(evaluation::Code::bad_http, end.error());
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
    refuse(evaluation::Code::bad_http, head.error());
    return true;
  }
  start_request(text.substr(0, *end), *head);
  return true;
}

void Connection::start_request(std::string_view text, const RequestHead& head) {
  auto& service = worker_.service();
  if (head.body == BodyKind::none) {
    auto exchange = service.begin(head, caller_);
    auto refusal = service.refuse(exchange, head);
    service.finish(exchange, refusal ? std::move(*refusal) : service.answer(exchange, head, {}), out_);
    finish_request(exchange.keep_alive);
    input_.consume(text.size());
    return;
  }
  const bool has_come = input().size() > text.size();
  incoming_ = receive_body({worker_.shared(), service, caller_}, text, has_come, out_);
  if (!incoming_) finish_request(false);
  input_.consume(text.size());
}

void Connection::finish_request(bool goes_on) {
  incoming_.reset();
  wait_ = Wait::nothing;
  if (!goes_on) state_ = State::closing;
}

void Connection::refuse(evaluation::Code code, std::string_view detail) {
  auto exchange = worker_.service().begin();
  worker_.service().finish(exchange, api::http::problem(code, detail, {{"request", code, std::string(detail)}}), out_);
  finish_request(false);
}

void Connection::refuse_large_head(std::string_view start) {
  const bool in_request_line = !start.contains('\n');
  refuse(in_request_line ? evaluation::Code::url_too_long : evaluation::Code::headers_too_large,
         "expected a request line and header fields of at most " + std::to_string(start.size()) + " bytes");
}

/// Closing with unread bytes resets the connection, and the reset can overtake the answer: so read to the end first.
void Connection::linger() {
  state_ = State::lingering;
  wait_for(Wait::linger);
  transport_.async_finish_writing([next = then([this](std::size_t) { discard(); })](const IoError&) { next(); });
}

void Connection::discard() {
  input_.clear();
  transport_.async_read_raw(input_.prepare(read_bytes), then([this](std::size_t) { discard(); }));
}

Connection::Wait Connection::wait_for_input() const {
  if (incoming_) return incoming_->streams() ? Wait::piece : Wait::body;
  return input_.size() == 0 ? Wait::idle : Wait::header;
}

std::chrono::milliseconds Connection::time_for(Wait wait) const {
  const auto& timeouts = worker_.config().timeouts;
  switch (wait) {
    case Wait::handshake:
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

/// What is waited for now, and until when. A client that drips moves only the deadlines of what may be of any length.
void Connection::wait_for(Wait wait) {
  const bool moves = wait == Wait::idle || wait == Wait::piece || wait == Wait::write;
  if (wait != wait_ || moves) deadline_ = worker_.now() + time_for(wait);
  wait_ = wait;
}

void Connection::expire(std::chrono::steady_clock::time_point now) {
  if (now < deadline_) return;
  const bool in_request = wait_ == Wait::header || wait_ == Wait::body || wait_ == Wait::piece;
  if (!in_request || (incoming_ && incoming_->answer_begun())) return close();
  refuse(evaluation::Code::request_timeout, "the request did not arrive in time");
  transport_.cancel();
}

void Connection::stop_soon() {
  if (wait_ == Wait::idle) deadline_ = std::min(deadline_, worker_.now() + last_call);
}

}  // namespace kordon::server
