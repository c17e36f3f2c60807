#include "server/body_reader.hpp"

#include <algorithm>

namespace kordon::server {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// tchar (RFC 9110, 5.6.2)
bool is_token(char c) {
  const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

bool is_text(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= ' ' && byte != 0x7f) || c == '\t';
}

/// Negative for what is no hexadecimal digit.
int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

BodyReader::BodyReader(BodyKind kind, std::uint64_t content_length)
    : state_(kind == BodyKind::chunked ? State::size : State::data),
      chunked_(kind == BodyKind::chunked),
      left_(kind == BodyKind::length ? content_length : 0) {
  if (!chunked_ && left_ == 0) state_ = State::done;
}

std::expected<BodyReader::Step, HttpFault> BodyReader::put(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size() && !is_done()) {
    if (state_ == State::data) {
      const auto piece = bytes.substr(at, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at)));
      left_ -= piece.size();
      if (left_ == 0) state_ = chunked_ ? State::data_cr : State::done;
      return Step{at + piece.size(), piece};
    }
    state_ = next(bytes[at++]);
    if (state_ == State::faulty) return std::unexpected(HttpFault("a chunk or a trailer is malformed"));
    if (is_line_too_long()) return std::unexpected(HttpFault("a line of the chunked body is too long"));
  }
  return Step{at, {}};
}

BodyReader::State BodyReader::next(char c) {
  switch (state_) {
    case State::size:
      return next_in_size(c);
    case State::line_end:
      return c == '\n' ? begin_chunk() : State::faulty;
    case State::data_cr:
      return c == '\r' ? State::data_lf : State::faulty;
    case State::data_lf:
      line_bytes_ = 0;
      has_digit_ = false;
      return c == '\n' ? State::size : State::faulty;
    case State::trailer_start:
    case State::trailer_name:
    case State::trailer_value:
    case State::trailer_end:
    case State::body_end:
      return next_in_trailer(c);
    default:
      return next_in_extension(c);
  }
}

BodyReader::State BodyReader::next_in_size(char c) {
  if (const int digit = digit_of(c); digit >= 0) {
    if (left_ >> 60U != 0) return State::faulty;
    left_ = left_ << 4U | static_cast<std::uint64_t>(digit);
    has_digit_ = true;
    return State::size;
  }
  if (!has_digit_) return State::faulty;
  if (c == '\r') return State::line_end;
  if (c == ';') return State::before_name;
  return is_blank(c) ? State::before_semi : State::faulty;
}

/// *( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] ), then CR
BodyReader::State BodyReader::next_in_extension(char c) const {
  switch (state_) {
    case State::before_semi:
      if (c == ';') return State::before_name;
      return is_blank(c) ? state_ : State::faulty;
    case State::before_name:
      if (is_token(c)) return State::name;
      return is_blank(c) ? state_ : State::faulty;
    case State::name:
    case State::before_equals:
      if (is_token(c) && state_ == State::name) return state_;
      if (c == '\r' && state_ == State::name) return State::line_end;
      if (c == '=') return State::before_value;
      if (c == ';') return State::before_name;
      return is_blank(c) ? State::before_equals : State::faulty;
    case State::before_value:
      if (c == '"') return State::quoted;
      if (is_token(c)) return State::value;
      return is_blank(c) ? state_ : State::faulty;
    case State::value:
      if (is_token(c)) return state_;
      break;
    case State::quoted:
      if (c == '"') return State::after_quote;
      if (c == '\\') return State::escaped;
      return is_text(c) ? state_ : State::faulty;
    case State::escaped:
      return is_text(c) ? State::quoted : State::faulty;
    default:
      break;
  }
  if (c == '\r') return State::line_end;
  if (c == ';') return State::before_name;
  return is_blank(c) ? State::before_semi : State::faulty;
}

BodyReader::State BodyReader::next_in_trailer(char c) const {
  switch (state_) {
    case State::trailer_start:
      if (c == '\r') return State::body_end;
      return is_token(c) ? State::trailer_name : State::faulty;
    case State::trailer_name:
      if (c == ':') return State::trailer_value;
      return is_token(c) ? state_ : State::faulty;
    case State::trailer_value:
      if (c == '\r') return State::trailer_end;
      return is_text(c) ? state_ : State::faulty;
    case State::trailer_end:
      return c == '\n' ? State::trailer_start : State::faulty;
    default:
      return c == '\n' ? State::done : State::faulty;
  }
}

/// Of a chunk with content, or of the trailers.
BodyReader::State BodyReader::begin_chunk() {
  line_bytes_ = 0;
  return left_ > 0 ? State::data : State::trailer_start;
}

bool BodyReader::is_line_too_long() {
  return ++line_bytes_ > (state_ >= State::trailer_start ? max_trailer_bytes : max_chunk_line_bytes);
}

}  // namespace kordon::server
