#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/error.hpp>
#include <optional>
#include <utility>

#include "server/descriptor.hpp"
#include "server/tls.hpp"

namespace kordon::server {

namespace asio = boost::asio;
using IoError = boost::beast::error_code;
/// A socket with its executor's own type, so that no handler carries a type-erased one.
using Socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

/// The bytes of one connection; over TLS if there is an identity. Handlers are called with an error and, where bytes
/// move, their number, by the thread that runs the context, never by the function itself.
class Transport {
 public:
  /// `accepted` is a connected TCP socket.
  Transport(asio::io_context& context, Descriptor accepted, const TlsIdentity* identity);

  [[nodiscard]] bool is_open() const { return socket_.is_open(); }

  /// Before anything else; at once where there is no TLS.
  template <typename Handler>
  void async_handshake(Handler handler) {
    if (tls_) return tls_->async_handshake(asio::ssl::stream_base::server, std::move(handler));
    asio::post(socket_.get_executor(), [handler = std::move(handler)]() mutable { handler(IoError()); });
  }

  template <typename Handler>
  void async_read_some(asio::mutable_buffer into, Handler handler) {
    tls_ ? tls_->async_read_some(into, std::move(handler)) : socket_.async_read_some(into, std::move(handler));
  }

  /// Reads the socket's own bytes, not deciphered, to drain them.
  template <typename Handler>
  void async_read_raw(asio::mutable_buffer into, Handler handler) {
    socket_.async_read_some(into, std::move(handler));
  }

  template <typename Handler>
  void async_write_some(asio::const_buffer bytes, Handler handler) {
    tls_ ? tls_->async_write_some(bytes, std::move(handler)) : socket_.async_write_some(bytes, std::move(handler));
  }

  /// Says that nothing more will be written.
  template <typename Handler>
  void async_finish_writing(Handler handler) {
    if (tls_) return tls_->async_shutdown(std::move(handler));
    IoError error;
    socket_.shutdown(Socket::shutdown_send, error);
    asio::post(socket_.get_executor(), [handler = std::move(handler), error]() mutable { handler(error); });
  }

  /// Whether the peer has closed its side, or all of it, though nobody reads here.
  [[nodiscard]] bool is_left() const;

  /// Calls all waiting handlers with an error.
  void cancel();
  void close();

 private:
  mutable Socket socket_;  ///< its handle is asked for by functions that are not const
  std::optional<asio::ssl::stream<Socket&>> tls_;
};

}  // namespace kordon::server
