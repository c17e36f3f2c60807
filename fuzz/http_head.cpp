// The header of a request, in pieces.
#include <algorithm>

#include "fuzz/check.hpp"
#include "server/request_head.hpp"

using namespace kordon;

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
    const auto head = server::parse_head(text.substr(0, *end));
    if (head) fuzz::check(server::is_token(head->method) && !head->target.empty());
    return 0;
  }
  return 0;
}
