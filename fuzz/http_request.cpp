// A request in pieces: its header, then its body.
#include <algorithm>

#include "fuzz/check.hpp"
#include "server/request_parser.hpp"

using namespace kordon;

namespace {

/// Puts what follows the header a few more bytes at a time, as a connection would.
void read_body(server::RequestParser& parser, std::string_view text, std::size_t piece_bytes) {
  std::size_t begin = 0;
  std::size_t body_bytes = 0;
  for (std::size_t seen = 0; !parser.is_done() && seen < text.size();) {
    seen = std::min(seen + piece_bytes, text.size());
    while (!parser.is_done()) {
      const auto step = parser.put_body(text.substr(begin, seen - begin));
      if (!step) return;
      fuzz::check(step->consumed <= seen - begin && step->piece.size() <= step->consumed);
      if (step->consumed == 0) break;
      begin += step->consumed;
      body_bytes += step->piece.size();
    }
  }
  const auto& head = parser.head();
  fuzz::check(head.body != server::BodyKind::none || begin == 0);
  if (parser.is_done() && head.body == server::BodyKind::length) fuzz::check(body_bytes == head.content_length);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto text = fuzz::text_of(data + 1, size - 1);
  const std::size_t piece_bytes = 1 + data[0] % 64;
  std::size_t scanned = 0;
  for (std::size_t seen = 0; seen < text.size();) {
    seen = std::min(seen + piece_bytes, text.size());
    const auto end = server::find_head_end(text.substr(0, seen), scanned);
    if (!end) return 0;
    if (*end == 0) continue;
    fuzz::check(*end <= seen);
    server::RequestParser parser;
    if (!parser.put_head(text.substr(0, *end))) return 0;
    fuzz::check(!parser.head().method.empty() && !parser.head().target.empty());
    read_body(parser, text.substr(*end), piece_bytes);
    return 0;
  }
  return 0;
}
