#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

#include "server/request_head.hpp"

namespace kordon::server {

/// Takes a request's content out of its framing (RFC 9112, 6 and 7.1): a counted body or chunks with extensions and
/// trailers, which are checked and left alone. It keeps no bytes, so that neither its memory nor its verdict
/// depends on how the bytes are split; time is linear in them. Refused are, among others, a bare LF, blanks where the
/// grammar has none, an unclosed quote, folded trailers and a chunk size of more than 64 bits.
class BodyReader {
 public:
  /// Limits of the line that begins a chunk, with its extensions, and of all trailers together.
  static constexpr std::size_t max_chunk_line_bytes = 4096;
  static constexpr std::size_t max_trailer_bytes = 8192;

  explicit BodyReader(BodyKind kind = BodyKind::none, std::uint64_t content_length = 0);

  struct Step {
    std::size_t consumed = 0;
    std::string_view piece;  ///< of the content, a part of what was consumed; may be empty
  };
  /// Consumes all bytes up to and with the next piece of the content, or up to the body's end. After a fault it must
  /// not be called again.
  std::expected<Step, HttpFault> put(std::string_view bytes);

  [[nodiscard]] bool is_done() const { return state_ == State::done; }

 private:
  enum class State : std::uint8_t {
    size,           ///< of a chunk
    before_semi,    ///< blanks before an extension
    before_name,    ///< behind the semicolon
    name,           ///< of an extension
    before_equals,  ///< blanks behind the name
    before_value,
    value,
    quoted,
    escaped,
    after_quote,
    line_end,  ///< CR was seen
    data,
    data_cr,
    data_lf,
    trailer_start,
    trailer_name,
    trailer_value,
    trailer_end,
    body_end,
    done,
    faulty,
  };

  [[nodiscard]] State next(char c);
  [[nodiscard]] State next_in_size(char c);
  [[nodiscard]] State next_in_extension(char c) const;
  [[nodiscard]] State next_in_trailer(char c) const;
  [[nodiscard]] State begin_chunk();
  [[nodiscard]] bool is_line_too_long();

  State state_;
  bool chunked_;
  bool has_digit_ = false;
  std::uint64_t left_;          ///< of the counted body or of this chunk
  std::size_t line_bytes_ = 0;  ///< of this chunk's first line, or of all trailers
};

}  // namespace kordon::server
