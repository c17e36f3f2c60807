#include "server/body_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kordon::server {
namespace {

constexpr std::size_t max_line_bytes = 256;
constexpr std::size_t max_trailer_bytes = 4096;
constexpr std::size_t max_size_digits = 15;

/// The line up to its LF, without its CR; nothing if its end has not come.
std::expected<std::optional<std::string_view>, HttpFault> whole_line(std::string_view bytes, std::size_t max_bytes) {
  const auto end = bytes.substr(0, max_bytes).find('\n');
  if (end == bytes.npos) {
    if (bytes.size() >= max_bytes) return std::unexpected("a line of the chunked body is too long");
    return std::nullopt;
  }
  if (end == 0 || bytes[end - 1] != '\r')
    return std::unexpected("a line of the chunked body does not end with CR and LF");
  return bytes.substr(0, end - 1);
}

}  // namespace

BodyReader::BodyReader(const RequestHead& head) : left_(head.content_length) {
  if (head.body == BodyKind::length) state_ = State::counted;
  if (head.body == BodyKind::chunked) state_ = State::size_line;
}

std::expected<BodyReader::Step, HttpFault> BodyReader::next(std::string_view bytes) {
  switch (state_) {
    case State::counted:
      return take(bytes, State::done);
    case State::size_line:
      return read_size(bytes);
    case State::chunk:
      return take(bytes, State::chunk_end);
    case State::chunk_end:
      return read_chunk_end(bytes);
    case State::trailer:
      return read_trailer(bytes);
    case State::done:
      break;
  }
  return Step{};
}

BodyReader::Step BodyReader::take(std::string_view bytes, State then) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  left_ -= count;
  if (left_ == 0) state_ = then;
  return {count, bytes.substr(0, count)};
}

std::expected<BodyReader::Step, HttpFault> BodyReader::read_size(std::string_view bytes) {
  const auto line = whole_line(bytes, max_line_bytes);
  if (!line) return std::unexpected(line.error());
  if (!*line) return Step{};
  const auto size = (*line)->substr(0, (*line)->find(';'));
  const auto* end = size.data() + size.size();
  const auto [stop, fault] = std::from_chars(size.data(), end, left_, 16);
  if (fault != std::errc() || stop != end || size.size() > max_size_digits) {
    return std::unexpected("a chunk's size is not hexadecimal");
  }
  if (!is_field_value(**line)) return std::unexpected("a chunk's extension holds a control character");
  state_ = left_ > 0 ? State::chunk : State::trailer;
  return Step{(*line)->size() + 2, {}};
}

std::expected<BodyReader::Step, HttpFault> BodyReader::read_chunk_end(std::string_view bytes) {
  const auto end = bytes.substr(0, 2);
  if (!std::string_view("\r\n").starts_with(end)) return std::unexpected("a chunk is longer than its size");
  if (end.size() < 2) return Step{};
  state_ = State::size_line;
  return Step{2, {}};
}

std::expected<BodyReader::Step, HttpFault> BodyReader::read_trailer(std::string_view bytes) {
  const auto line = whole_line(bytes, max_trailer_bytes - trailer_bytes_);
  if (!line) return std::unexpected(line.error());
  if (!*line) return Step{};
  const auto field = **line;
  trailer_bytes_ += field.size() + 2;
  if (field.empty()) {
    state_ = State::done;
  } else if (!is_token(field.substr(0, field.find(':'))) || !field.contains(':') || !is_field_value(field)) {
    return std::unexpected("a trailer is not a header field");
  }
  return Step{field.size() + 2, {}};
}

}  // namespace kordon::server
