#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

#include "server/request_head.hpp"

namespace kordon::server {

/// Takes a request's body out of the bytes of a connection, whatever pieces they come in.
class BodyReader {
 public:
  BodyReader() = default;
  explicit BodyReader(const RequestHead& head);

  struct Step {
    std::size_t consumed = 0;
    std::string_view piece;  ///< of the body, a part of what was consumed; may be empty
  };

  /// Takes at most one piece from the front. Nothing consumed: more bytes are needed. A chunked body must be as RFC
  /// 9112 (7.1) has it: sizes in hexadecimal, at most 256 bytes a line, each line with CR and LF, trailers (ignored) of
  /// at most 4 KiB.
  std::expected<Step, HttpFault> next(std::string_view bytes);

  [[nodiscard]] bool done() const { return state_ == State::done; }

 private:
  enum class State { counted, size_line, chunk, chunk_end, trailer, done };

  Step take(std::string_view bytes, State then);
  std::expected<Step, HttpFault> read_size(std::string_view bytes);
  std::expected<Step, HttpFault> read_chunk_end(std::string_view bytes);
  std::expected<Step, HttpFault> read_trailer(std::string_view bytes);

  State state_ = State::done;
  std::uint64_t left_ = 0;  ///< of the counted body or of this chunk
  std::size_t trailer_bytes_ = 0;
};

}  // namespace kordon::server
