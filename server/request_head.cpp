#include "server/request_head.hpp"

#include <boost/beast/core/string.hpp>

#include "server/request_parser.hpp"

namespace kordon::server {

std::expected<std::size_t, HttpFault> find_head_end(std::string_view text, std::size_t& scanned) {
  for (auto end = text.find('\n', scanned); end != text.npos; end = text.find('\n', scanned)) {
    if (end == 0 || text[end - 1] != '\r') return std::unexpected(HttpFault("a line does not end with CR and LF"));
    const bool is_blank = end > 1 && text[end - 2] == '\n';
    scanned = end + 1;
    if (is_blank) return scanned;
  }
  scanned = text.size();
  return 0;
}

std::expected<RequestHead, HttpFault> parse_head(std::string_view text) {
  RequestParser parser;
  if (auto read = parser.put_head(text); !read) return std::unexpected(read.error());
  return parser.take_head();
}

}  // namespace kordon::server
