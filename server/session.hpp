#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "api/error.hpp"

namespace kordon::server {

class Worker;

/// One connection, used by its worker's thread only. It turns: read what has come, answer every whole request in it,
/// write all answers at once. There is no timer of its own; the worker looks at the deadline once a tick.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, Worker& worker);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() { read(); }

  /// Ends what has outlived its deadline: with 408 in the middle of a request, else by closing.
  void expire(std::chrono::steady_clock::time_point now);

  /// The server stops. An idle connection is not closed at once but a moment later: its client may have sent a request
  /// that is still on its way, and would not know whether it was heard.
  void stop_soon();

  void close();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  using ErrorCode = boost::system::error_code;
  enum class State { reading, writing, lingering };

  void read();
  void on_read(ErrorCode fault, std::size_t bytes);
  void process();
  void parse_some();
  void respond();
  void refuse(api::Code code, std::string_view detail);
  void refuse(ErrorCode fault);
  bool valid_header();
  void invite_body();
  void write();
  void on_write(ErrorCode fault);
  void linger();
  void renew_parser();
  [[nodiscard]] bool in_request() const { return parser_->got_some() || in_.size() > 0; }

  boost::asio::ip::tcp::socket socket_;
  Worker& worker_;
  boost::beast::flat_buffer in_;
  std::optional<Parser> parser_;
  std::string out_;
  std::chrono::steady_clock::time_point deadline_;
  State state_ = State::reading;
  bool request_timed_ = false;  ///< the deadline is that of the request, and does not move with each byte
  bool invited_ = false;        ///< `100 Continue` was sent
  bool expired_ = false;
  bool blocked_ = false;  ///< whole requests may wait in `in_` until `out_` is written
  bool closing_ = false;  ///< after what is in `out_`, no more
};

}  // namespace kordon::server
