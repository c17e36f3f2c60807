#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "server/admission.hpp"
#include "server/caller.hpp"
#include "server/incoming.hpp"
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

/// One connection, used by its worker's thread only. It has one thing under way at a time: a read, a write, or its
/// turn, in which it answers the whole requests that have come, up to a bounded share of work. All answers of a turn
/// are one write, and nothing is read before that is done: a client that does not take its answers is not heard. A body
/// that is answered as a stream goes one piece a turn. It has no timer; the worker looks at the deadline once a tick.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Arrival arrival, Worker& worker);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();

  /// Ends what has outlived its deadline: with 408 in the middle of a request, else by closing.
  void expire(std::chrono::steady_clock::time_point now);

  /// The server stops. An idle connection is not closed at once but a moment later: its client may have sent a request
  /// that is still on its way, and would not know whether it was heard.
  void stop_soon();

  void close();

  std::size_t place_in_worker = 0;

 private:
  enum class State { open, closing, lingering };
  enum class Wait { nothing, handshake, idle, header, body, piece, write, linger };

  template <typename Work>
  auto then(Work work);
  void turn();
  void read();
  void write();
  bool advance();
  bool advance_body();
  bool read_head();
  void start_request(std::string_view text, const RequestHead& head);
  void finish_request(bool goes_on);
  void refuse(evaluation::Code code, std::string_view detail);
  void refuse_large_head(std::string_view start);
  void linger();
  void discard();
  void wait_for(Wait wait);
  [[nodiscard]] Wait wait_for_input() const;
  [[nodiscard]] std::chrono::milliseconds time_for(Wait wait) const;
  [[nodiscard]] std::string_view input() const;

  Worker& worker_;
  Transport transport_;
  Admission::Place place_;
  Caller caller_;
  State state_ = State::open;
  boost::beast::flat_buffer input_;     ///< received and not yet used
  std::size_t scanned_ = 0;             ///< of the input, for the end of a head
  std::unique_ptr<Incoming> incoming_;  ///< the request whose body is coming
  std::string out_;
  std::size_t sent_ = 0;  ///< of `out_`
  Wait wait_ = Wait::nothing;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace kordon::server
