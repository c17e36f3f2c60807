#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "server/admission.hpp"
#include "server/answer_queue.hpp"
#include "server/caller.hpp"
#include "server/deadline.hpp"
#include "server/incoming.hpp"
#include "server/log.hpp"
#include "server/outbox.hpp"
#include "server/transport.hpp"

namespace kordon::server {

class Worker;

/// A client that has just connected.
struct Arrival {
  Descriptor socket;
  Admission::Place place;
  Caller caller;
  std::shared_ptr<const TlsIdentity> identity;  ///< for TLS
};

/// One connection, used by its worker's thread only. It reads, takes its turn, in which it answers the whole requests
/// that have come, up to a bounded share of work and time, and writes; all answers of a turn are one write. Nothing is
/// read before that is done: a client that does not take its answers is not heard. Except where the request is a stream
/// and its client does not read for a moment: many send all before they read anything. Then it is read on, and what
/// waits for the client goes to disk, up to a bound. It has no timer but in a stream; the worker looks at the deadline
/// once a tick.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Arrival arrival, Worker& worker);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();

  /// Ends a wait that has outlived its deadline: with 408 in the middle of a request, else by closing. Moves to disk
  /// what a slow client does not take.
  void expire(std::chrono::steady_clock::time_point now);

  /// The server stops. An idle connection is not closed at once but a moment later: its client may have sent a request
  /// that is still on its way, and would not know whether it was heard.
  void stop_soon();

  /// `why` is for the log of a request that is under way.
  void close(std::string_view why);

  std::size_t place_in_worker = 0;

 private:
  enum class State { open, closing, lingering };

  template <typename Work>
  auto then(Work work);
  void turn();
  void take_turn();
  bool work_a_turn();
  void go_on(bool more);
  void read();
  void write();
  void note_written(std::size_t bytes);
  void watch_writing();
  bool make_room();
  void give_up(std::string_view why);
  bool advance();
  bool advance_body();
  void note(Outcome outcome);
  void work_elsewhere();
  bool read_head();
  void start_request(std::string_view text, const RequestHead& head);
  void answer_elsewhere(BegunRequest begun, std::string body);
  void take_answer(const MadeAnswer& made);
  void finish_request(bool goes_on);
  void refuse(const HttpFault& fault);
  void linger();
  void discard();
  void wait_for(Wait wait);
  [[nodiscard]] Wait wait_for_input() const;
  [[nodiscard]] std::string_view input() const;
  [[nodiscard]] bool streams() const { return incoming_ && incoming_->streams(); }
  [[nodiscard]] bool holds_answer() const { return incoming_ && incoming_->holds_answer(); }
  /// Whether the client has taken nothing for so long.
  [[nodiscard]] bool stalled_for(std::chrono::milliseconds time) const;
  /// Whether other threads work for it.
  [[nodiscard]] bool waits_for_others() const { return working_ || awaited_; }

  Worker& worker_;
  Transport transport_;
  Admission::Place place_;
  Caller caller_;
  State state_ = State::open;
  boost::beast::flat_buffer input_;     ///< received and not yet used
  std::size_t scanned_ = 0;             ///< of the input, for the end of a head
  std::unique_ptr<Incoming> incoming_;  ///< the request whose body is coming
  std::shared_ptr<Question> awaited_;   ///< the request that is answered elsewhere
  bool put_off_ = false;                ///< the next turn of a stream comes after what else is ready
  bool working_ = false;                ///< the body's request is another thread's for now
  Outbox out_;
  BudgetShare received_;
  bool reading_ = false;
  bool writing_ = false;
  std::chrono::steady_clock::time_point taken_;      ///< when the client last took something
  std::unique_ptr<asio::steady_timer> write_watch_;  ///< of a stream
  bool watching_ = false;
  Deadline deadline_;
};

/// What comes after an operation, unless the connection is closed by then. What it throws ends this connection alone.
template <typename Work>
auto Connection::then(Work work) {
  return [self = shared_from_this(), work = std::move(work)](const IoError& error = {}, std::size_t bytes = 0) {
    if (!self->transport_.is_open()) return;
    if (error) return self->close(error == asio::error::eof ? "client_closed" : "connection_lost");
    try {
      work(bytes);
    } catch (const std::exception& fault) {
      log_error("connection_failed", fault.what());
      self->close("connection_failed");
    }
  };
}

}  // namespace kordon::server
