#include "server/connection.hpp"

#include <algorithm>

#include "api/endpoints.hpp"
#include "server/log.hpp"
#include "server/worker.hpp"

namespace kordon::server {
namespace {

constexpr unsigned steps_a_turn = 32;           // requests, or pieces of a body that is not streamed
constexpr std::size_t turn_bytes = 256 * 1024;  // answers that may wait before they are written
constexpr std::size_t read_bytes = 4 * 1024;    // what an idle connection holds; bodies are read in larger pieces
constexpr std::size_t body_read_bytes = 64 * 1024;
constexpr std::size_t slow_bytes = 64 * 1024;         // of a slow client, from where on they go to disk
constexpr std::chrono::milliseconds stall_time{50};   // then a stream is read on, though its client does not read
constexpr std::chrono::milliseconds slow_time{1000};  // then a client is slow

}  // namespace

Connection::Connection(Arrival arrival, Worker& worker)
    : worker_(worker),
      transport_(worker.context(), std::move(arrival.socket), arrival.identity.get()),
      place_(std::move(arrival.place)),
      caller_(arrival.caller),
      out_(worker.shared().budget, worker.config().spool_folder, worker.config().limits.stream_spool_bytes),
      received_(worker.shared().budget, Hold::received),
      deadline_(worker.config().timeouts) {}

void Connection::start() {
  wait_for(Wait::handshake);
  if (place_.verdict() != Admission::Verdict::admitted) {
    auto exchange = worker_.service().begin();
    worker_.service().finish(exchange, overloaded("too many connections"), out_.text());
    state_ = State::closing;
  }
  transport_.async_handshake(then([this](std::size_t) { turn(); }));
}

/// Streams have theirs one after the other, and all else before them.
void Connection::turn() {
  if (!streams()) return take_turn();
  if (put_off_) return;
  put_off_ = true;
  worker_.put_off(then([this](std::size_t) {
    put_off_ = false;
    take_turn();
  }));
}

void Connection::take_turn() {
  if (working_) return;
  if (!make_room()) return;  // the watch looks again
  go_on(work_a_turn());
}

/// Whether there may be more to do at once.
bool Connection::work_a_turn() {
  const TurnTimer timer(worker_.service().turns());
  unsigned steps = 0;
  bool moved = true;
  while (moved && state_ == State::open && !waits_for_others() && steps < steps_a_turn &&
         out_.waiting_bytes() < turn_bytes && !(steps > 0 && timer.is_over(worker_.config().limits.turn))) {
    moved = advance();
    // A piece of a stream is written before the next is read, and after it the others go on.
    steps += streams() ? steps_a_turn : 1;
  }
  return moved;
}

void Connection::go_on(bool more) {
  out_.count();
  received_.set(input_.capacity());
  if (!writing_ && !out_.empty() && !holds_answer()) write();
  if (state_ != State::open) {
    if (!writing_ && state_ == State::closing) linger();
    return;
  }
  if (waits_for_others()) return wait_for(Wait::answer);
  if (reading_ || (writing_ && !(streams() && stalled_for(stall_time)))) return;
  if (!more && out_.waiting_bytes() < turn_bytes) return read();
  streams() ? turn() : asio::post(worker_.context(), then([this](std::size_t) { turn(); }));
}

void Connection::read() {
  if (!writing_) wait_for(wait_for_input());
  if (input_.size() == 0 && !incoming_ && input_.capacity() > read_bytes) input_.shrink_to_fit();
  auto next = then([this](std::size_t bytes) {
    reading_ = false;
    if (bytes > 0 && writing_) wait_for(Wait::piece);
    input_.commit(bytes);
    turn();
  });
  reading_ = true;
  // Aborted is what no one waits for any more, because there is something to write.
  transport_.async_read_some(input_.prepare(incoming_ ? body_read_bytes : read_bytes),
                             [next = std::move(next)](const IoError& error, std::size_t bytes) {
                               next(error == asio::error::operation_aborted ? IoError() : error, bytes);
                             });
}

void Connection::write() {
  wait_for(Wait::write);
  writing_ = true;
  taken_ = worker_.now();
  if (streams()) watch_writing();
  const auto front = out_.front();
  transport_.async_write_some(asio::const_buffer(front.data(), front.size()),
                              then([this](std::size_t bytes) { note_written(bytes); }));
}

void Connection::note_written(std::size_t bytes) {
  out_.take(bytes);
  writing_ = false;
  if (!out_.empty()) write();
  if (writing_ || reading_) return out_.count();
  turn();
}

/// While a stream is written: its client may send all before it reads.
void Connection::watch_writing() {
  if (watching_) return;
  if (!write_watch_) write_watch_ = std::make_unique<asio::steady_timer>(worker_.context());
  watching_ = true;
  write_watch_->expires_after(stall_time);
  write_watch_->async_wait([self = shared_from_this()](const IoError&) {
    self->then([self](std::size_t) {
      self->watching_ = false;
      if (!self->writing_ || !self->streams()) return;
      self->watch_writing();
      if (!self->reading_) self->turn();
    })();
  });
}

bool Connection::stalled_for(std::chrono::milliseconds time) const {
  return writing_ && worker_.now() - taken_ >= time;
}

/// Whether there is room for more answers of a stream. Of a client that does not read at all they go to disk.
bool Connection::make_room() {
  if (!streams() || out_.waiting_bytes() < turn_bytes) return true;
  if (!holds_answer() && !stalled_for(stall_time)) return true;
  if (out_.spill(true)) return true;
  if (holds_answer() || stalled_for(slow_time)) give_up("answer_not_read");
  return false;
}

/// The client does not hear an answer before it has sent all, and may not have so much kept: it is told by the end of
/// the connection, after a moment in which it may come to its end and read what there is.
void Connection::give_up(std::string_view why) {
  incoming_->abandon(why);
  finish_request(false);
  wait_for(Wait::linger);
  discard();
}

void Connection::close(std::string_view why) {
  if (!transport_.is_open()) return;
  if (incoming_) incoming_->abandon(why);
  if (awaited_) awaited_->begun.exchange.abandoned->store(true, std::memory_order_relaxed);
  if (write_watch_) write_watch_->cancel();
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
  const auto [outcome, consumed] = incoming_->advance(input(), out_.text());
  input_.consume(consumed);
  note(outcome);
  return outcome != Outcome::needs_more;
}

void Connection::note(Outcome outcome) {
  if (outcome == Outcome::needs_more || outcome == Outcome::moved) return;
  if (outcome == Outcome::elsewhere) return work_elsewhere();
  if (outcome != Outcome::large) return finish_request(outcome == Outcome::answered);
  auto [begun, body] = incoming_->take();
  finish_request(true);
  answer_elsewhere(std::move(begun), std::move(body));
}

bool Connection::read_head() {
  if (input().starts_with("\r\n")) input_.consume(2);  // RFC 9112, 2.2: after a body, by some clients
  const auto limit = worker_.config().limits.header_bytes;
  const auto text = input().substr(0, limit);
  const auto end = find_head_end(text, scanned_);
  if (end && *end == 0 && text.size() < limit) return false;
  if (!end || *end == 0) {
    refuse(end ? too_large(text) : end.error());
    return true;
  }
  scanned_ = 0;
  const auto head = parse_head(text.substr(0, *end));
  head ? start_request(text.substr(0, *end), *head) : refuse(head.error());
  return true;
}

void Connection::start_request(std::string_view text, const RequestHead& head) {
  auto& service = worker_.service();
  if (head.body == BodyKind::none && api::takes_long(head.method, head.target)) {
    auto begun = begin_request(service, caller_, text);
    auto problem = service.access_problem(begun.exchange, begun.kept.head());
    problem ? finish_request(service.finish(begun.exchange, std::move(*problem), out_.text()))
            : answer_elsewhere(std::move(begun), {});
  } else if (head.body == BodyKind::none) {
    auto exchange = service.begin(head, caller_);
    auto problem = service.access_problem(exchange, head);
    finish_request(
        service.finish(exchange, problem ? std::move(*problem) : service.answer(exchange, head, {}), out_.text()));
  } else {
    const bool has_come = input().size() > text.size();
    incoming_ = receive_body({worker_.shared(), service, caller_}, text, has_come, out_.text());
    if (!incoming_) finish_request(false);
  }
  input_.consume(text.size());
}

void Connection::finish_request(bool goes_on) {
  incoming_.reset();
  deadline_.begin_anew();
  if (!goes_on) state_ = State::closing;
}

void Connection::refuse(const HttpFault& fault) {
  auto exchange = worker_.service().begin();
  worker_.service().finish(exchange, problem_of(fault), out_.text());
  finish_request(false);
}

/// Closing with unread bytes resets the connection, and the reset can overtake the answer: so read to the end first.
void Connection::linger() {
  state_ = State::lingering;
  wait_for(Wait::linger);
  if (reading_) return;  // it is being read to its end already
  transport_.async_finish_writing([next = then([this](std::size_t) { discard(); })](const IoError&) { next(); });
}

void Connection::discard() {
  input_.clear();
  reading_ = true;
  transport_.async_read_raw(input_.prepare(read_bytes), then([this](std::size_t) { discard(); }));
}

Wait Connection::wait_for_input() const {
  if (incoming_) return incoming_->streams() ? Wait::piece : Wait::body;
  return input_.size() == 0 ? Wait::idle : Wait::header;
}

void Connection::wait_for(Wait wait) { deadline_.wait_for(wait, worker_.now(), worker_.stopping()); }

void Connection::expire(std::chrono::steady_clock::time_point now) {
  if (waits_for_others() && transport_.is_left()) return close("client_closed");
  if (!deadline_.is_over(now)) {
    if (!streams() && stalled_for(slow_time) && out_.waiting_bytes() >= slow_bytes) out_.spill();
    return;
  }
  if (!deadline_.in_request() || writing_ || (incoming_ && incoming_->answer_begun())) {
    return close(writing_ ? "write_timeout" : "read_timeout");
  }
  refuse(HttpFault("the request did not arrive in time", HttpFault::Kind::late));
  transport_.cancel();
}

void Connection::stop_soon() { deadline_.stop_soon(worker_.now()); }

}  // namespace kordon::server
