#include "server/content_coding.hpp"

#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>

#include "server/request_head.hpp"

namespace kordon::server {
namespace {

constexpr int fast = 1;          // three quarters of the gain at a quarter of the time
constexpr int gzip_window = 31;  // 2^15 bytes, with gzip's header
constexpr int memory_level = 8;
constexpr std::size_t kept_bytes = 256 * 1024;

/// The next member of a list, trimmed, and taken off its front.
std::string_view take(std::string_view& list, char separator) {
  const auto end = std::min(list.find(separator), list.size());
  const auto member = trimmed(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return member;
}

/// `q=0`, `Q=0.000`
bool excludes(std::string_view weight) {
  return weight.size() >= 3 && same_name(weight.substr(0, 2), "q=") && weight.find_first_not_of("0.", 2) == weight.npos;
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    auto weight = take(accept_encoding, ',');
    const auto coding = take(weight, ';');
    if (same_name(coding, "gzip") || same_name(coding, "x-gzip")) return !excludes(trimmed(weight));
    if (coding == "*") any = !excludes(trimmed(weight));
  }
  return any;
}

struct Gzip::Stream {
  z_stream z{};
  bool open = false;
};

Gzip::Gzip() : stream_(std::make_unique<Stream>()) {
  stream_->open = deflateInit2(&stream_->z, fast, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) == Z_OK;
}

Gzip::~Gzip() {
  if (stream_->open) deflateEnd(&stream_->z);
}

std::string_view Gzip::compress(std::string_view body) {
  if (out_.capacity() > kept_bytes) std::string().swap(out_);
  if (!stream_->open || body.size() > std::numeric_limits<uInt>::max() || deflateReset(&stream_->z) != Z_OK) return {};
  out_.resize(body.size());
  auto& z = stream_->z;
  z.next_in = reinterpret_cast<const Bytef*>(body.data());  // NOLINT(*-reinterpret-cast): zlib's bytes
  z.avail_in = static_cast<uInt>(body.size());
  z.next_out = reinterpret_cast<Bytef*>(out_.data());  // NOLINT(*-reinterpret-cast)
  z.avail_out = static_cast<uInt>(out_.size());
  if (deflate(&z, Z_FINISH) != Z_STREAM_END) return {};
  return std::string_view(out_).substr(0, out_.size() - z.avail_out);
}

}  // namespace kordon::server
