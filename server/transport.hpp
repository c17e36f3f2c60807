#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "server/descriptor.hpp"
#include "server/tls.hpp"

namespace kordon::server {

enum class IoState { done, again, closed };

/// What came of one attempt to read or write.
struct IoResult {
  IoState state = IoState::done;
  std::size_t bytes = 0;
  bool drained = false;  ///< of a read: for all that it knows, the next one would find nothing
};

/// The bytes of one connection, which does not block; over TLS if there is a session.
class Transport {
 public:
  explicit Transport(Descriptor socket, TlsSession tls = {}) : socket_(std::move(socket)), tls_(std::move(tls)) {}

  [[nodiscard]] int socket() const { return socket_.get(); }
  [[nodiscard]] bool is_tls() const { return tls_ != nullptr; }
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }

  IoResult read(std::span<char> into);
  IoResult write(std::string_view bytes);

  /// Says that nothing more will be written.
  void finish_writing();
  void close() { socket_.reset(); }

 private:
  [[nodiscard]] IoResult tls_result(int count) const;

  Descriptor socket_;
  TlsSession tls_;
};

}  // namespace kordon::server
