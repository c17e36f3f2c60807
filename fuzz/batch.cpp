// The body of a batch in any format, answered in any other. The first byte chooses the formats, the second how the body
// is split: pieces of any size must give the same answer as the body whole.
#include <array>
#include <optional>
#include <string>

#include "api/stream.hpp"
#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"

using namespace kordon;

namespace {

constexpr std::array types{"text/csv", "application/x-ndjson", "application/geo+json-seq", "application/geo+json",
                           "application/json"};

struct Formats {
  std::string_view from;
  std::string_view to;
};

/// Nothing where it was refused.
std::optional<std::string> answer(Formats formats, std::string_view body, std::size_t piece_bytes) {
  auto opened = api::open_batch(fuzz::small_world(),
                                {.method = "POST",
                                 .target = "/v1/evaluate",
                                 .accept = formats.to,
                                 .content_type = formats.from,
                                 .body = {},
                                 .received = fuzz::now()},
                                {}, 1000);
  fuzz::check(opened.has_value());
  std::string out;
  while (!body.empty()) {
    const auto piece = body.substr(0, piece_bytes);
    if (!batch::feed_wholly(*opened->stream, piece, out)) return std::nullopt;
    body.remove_prefix(piece.size());
  }
  if (!batch::finish_wholly(*opened->stream, out)) return std::nullopt;
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Formats formats{types[data[0] % types.size()], types[data[0] / types.size() % types.size()]};
  const auto body = fuzz::text_of(data + 2, size - 2);
  const auto whole = answer(formats, body, size);
  const auto pieces = answer(formats, body, 1 + data[1] % 16);
  fuzz::check(whole == pieces);
  return 0;
}
