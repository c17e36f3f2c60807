// A request in pieces: its header, then its body.
#include <algorithm>
#include <string>

#include "fuzz/check.hpp"
#include "server/body_reader.hpp"
#include "server/request_parser.hpp"

using namespace kordon;

namespace {

/// Puts what follows the header in pieces, as a connection would. Whether it was good.
bool read_body(const server::RequestHead& head, std::string_view text, std::size_t piece_bytes, std::string& body) {
  server::BodyReader reader(head.body, head.content_length);
  fuzz::check(head.body != server::BodyKind::none || reader.is_done());
  while (!reader.is_done() && !text.empty()) {
    const auto given = text.substr(0, piece_bytes);
    const auto step = reader.put(given);
    if (!step) return false;
    fuzz::check(step->consumed > 0 && step->consumed <= given.size() && step->piece.size() <= step->consumed);
    body += step->piece;
    text.remove_prefix(step->consumed);
  }
  if (reader.is_done() && head.body == server::BodyKind::length) fuzz::check(body.size() == head.content_length);
  return true;
}

/// However a body is split, it is the same or refused.
void check_body(const server::RequestHead& head, std::string_view text, std::size_t piece_bytes) {
  std::string whole;
  std::string pieces;
  const bool good = read_body(head, text, text.size() + 1, whole);
  fuzz::check(good == read_body(head, text, piece_bytes, pieces));
  if (good) fuzz::check(whole == pieces);
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
    check_body(parser.head(), text.substr(*end), piece_bytes);
    return 0;
  }
  return 0;
}
