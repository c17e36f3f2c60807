#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "server/descriptor.hpp"

namespace kordon::server {

enum class IoState { done, again, closed };

/// What came of one attempt to read or write.
struct IoResult {
  IoState state = IoState::done;
  std::size_t bytes = 0;
};

/// The bytes of one connection, which does not block.
class Transport {
 public:
  explicit Transport(Descriptor socket) : socket_(std::move(socket)) {}

  [[nodiscard]] int socket() const { return socket_.get(); }

  IoResult read(std::span<char> into);
  IoResult write(std::string_view bytes);

  /// Says that nothing more will be written.
  void finish_writing();
  void close() { socket_.reset(); }
  [[nodiscard]] bool is_open() const { return socket_.is_open(); }

 private:
  Descriptor socket_;
};

}  // namespace kordon::server
