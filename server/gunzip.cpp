#include "server/gunzip.hpp"

#define ZLIB_CONST
#include <zlib.h>

#include <new>

namespace kordon::server {
namespace {

constexpr int gzip_window = 31;  // 2^15 bytes, with gzip's header
constexpr std::size_t room_bytes = 64 * 1024;

}  // namespace

struct Gunzip::Inflater {
  Inflater() : open(inflateInit2(&z, gzip_window) == Z_OK) {}
  ~Inflater() {
    if (open) inflateEnd(&z);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream z{};
  bool open;
};

Gunzip::Gunzip() : inflater_(std::make_unique<Inflater>()) {
  if (!inflater_->open) throw std::bad_alloc();
}
Gunzip::~Gunzip() = default;

std::expected<std::string_view, HttpFault> Gunzip::put(std::string_view packed) {
  auto& z = inflater_->z;
  z.next_in = reinterpret_cast<const Bytef*>(packed.data());  // NOLINT(*-reinterpret-cast): zlib's bytes
  z.avail_in = static_cast<uInt>(packed.size());
  packed_bytes_ += packed.size();
  std::size_t used = 0;
  bool full = false;
  while (z.avail_in > 0 || full) {
    if (at_member_end_ && inflateReset(&z) != Z_OK) break;
    out_.resize(used + room_bytes);
    z.next_out = reinterpret_cast<Bytef*>(out_.data()) + used;  // NOLINT(*-reinterpret-cast)
    z.avail_out = static_cast<uInt>(room_bytes);
    const int result = inflate(&z, Z_NO_FLUSH);
    plain_bytes_ += room_bytes - z.avail_out;
    used += room_bytes - z.avail_out;
    full = z.avail_out == 0;
    at_member_end_ = result == Z_STREAM_END;
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      return std::unexpected(HttpFault("the body is not what gzip writes, though `Content-Encoding` says so"));
    }
    if (plain_bytes_ > free_bytes && plain_bytes_ > most_times * packed_bytes_) {
      return std::unexpected(HttpFault("the body becomes more than 100 times its size when it is unpacked"));
    }
    if (at_member_end_) full = false;
  }
  return std::string_view(out_).substr(0, used);
}

}  // namespace kordon::server
