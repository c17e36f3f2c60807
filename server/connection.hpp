#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/admission.hpp"
#include "server/caller.hpp"
#include "server/incoming.hpp"
#include "server/input.hpp"
#include "server/transport.hpp"

namespace kordon::server {

class Worker;

/// A client that has just connected.
struct Arrival {
  Transport transport;
  Admission::Place place;
  Caller caller;
};

/// One connection, used by its worker's thread only. It gets a turn when its socket has something to read or room to
/// write: it answers the whole requests that have come, writes all answers at once, and after a bounded share of work
/// lets the others go on. A body that is answered as a stream goes one piece at a time, and no piece is read before the
/// answer to the last one is written. It has no timer; the worker looks at the deadline once a tick.
class Connection {
 public:
  Connection(Arrival arrival, Worker& worker);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// With what epoll says of the socket.
  void on_events(std::uint32_t events);
  void turn();

  /// Ends what has outlived its deadline: with 408 in the middle of a request, else by closing.
  void expire(std::chrono::steady_clock::time_point now);

  /// The server stops. An idle connection is not closed at once but a moment later: its client may have sent a request
  /// that is still on its way, and would not know whether it was heard.
  void stop_soon();

  void close() { transport_.close(); }
  [[nodiscard]] bool is_open() const { return transport_.is_open(); }
  [[nodiscard]] int socket() const { return transport_.socket(); }

  std::size_t place_in_worker = 0;
  bool waits_for_turn = false;

 private:
  enum class State { open, closing, lingering };
  enum class Wait { nothing, idle, header, body, piece, write, linger };

  void work();
  bool flush();
  bool receive();
  bool advance();
  bool advance_body();
  bool read_head();
  void start_request(std::string_view text, const RequestHead& head);
  void finish_request(bool goes_on);
  void refuse(api::Code code, std::string_view detail);
  void refuse_large_head(std::string_view start);
  void linger();
  void arm();
  [[nodiscard]] Wait wait_kind() const;
  [[nodiscard]] std::chrono::milliseconds time_for(Wait wait) const;

  Transport transport_;
  Admission::Place place_;
  Caller caller_;
  Worker& worker_;
  State state_ = State::open;
  Input input_;
  std::size_t scanned_ = 0;             ///< of the input, for the end of a head
  std::unique_ptr<Incoming> incoming_;  ///< the request whose body is coming
  std::string out_;
  std::size_t sent_ = 0;  ///< of `out_`
  bool readable_ = false;
  bool hung_up_ = false;
  bool progressed_ = false;  ///< bytes moved since `arm`
  Wait wait_ = Wait::nothing;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace kordon::server
