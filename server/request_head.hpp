#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <forward_list>
#include <string>
#include <string_view>

#include "server/http_fault.hpp"

namespace kordon::server {

/// The header fields that anything here reads.
enum class Field {
  accept,
  accept_encoding,
  access_control_request_method,
  authorization,
  connection,
  content_encoding,
  content_length,
  content_type,
  dnt,
  expect,
  host,
  if_none_match,
  origin,
  sec_gpc,
  traceparent,
  transfer_encoding,
  user_agent,
  x_request_id,
  count,
};

/// Framing of the body behind a header (RFC 9112, 6).
enum class BodyKind { none, length, chunked };

/// A request's line and fields. The views point into the text that was read, or into `joined`.
struct RequestHead {
  std::string_view method;
  std::string_view
      target;  ///< origin form, `*`, or of CONNECT the authority; of an absolute form the text behind its host
  bool http_1_1 = true;
  bool keep_alive = true;
  bool expects_continue = false;
  BodyKind body = BodyKind::none;
  std::uint64_t content_length = 0;
  std::array<std::string_view, static_cast<std::size_t>(Field::count)> fields;
  std::forward_list<std::string> joined;  ///< text of lists given in several lines, which views point into

  /// Value of a field without blanks around it; empty if it was not sent, and then without data. A target's authority
  /// stands for Host.
  [[nodiscard]] std::string_view operator[](Field field) const { return fields[static_cast<std::size_t>(field)]; }
};

/// Finds the end of a header that comes in any pieces: the bytes up to and with the blank line. 0: not yet there.
/// `scanned` is where an earlier call stopped; begin with 0. A line that does not end with CR and LF is a fault.
std::expected<std::size_t, HttpFault> find_head_end(std::string_view text, std::size_t& scanned);

/// Reads a whole header as RFC 9112 has it, and where that leaves a choice between lenience and safety, safely: a
/// message that two servers could read in two ways is a fault. Refused are, among others, line folding, blanks before
/// the colon, control characters, none or two Host fields, any repeated Content-Length, Content-Length together with
/// Transfer-Encoding, and any transfer coding but one `chunked`. HTTP/1.2 and the
/// like are read as 1.1; another major version is a fault of its own kind. By Boost.Beast's parser; see
/// request_parser.hpp.
std::expected<RequestHead, HttpFault> parse_head(std::string_view text);

}  // namespace kordon::server
