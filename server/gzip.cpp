#include "server/gzip.hpp"

#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace kordon::server {
namespace {

constexpr int fast = 1;          // three quarters of the gain at a quarter of the time
constexpr int gzip_window = 31;  // 2^15 bytes, with gzip's header
constexpr int memory_level = 8;
constexpr std::size_t kept_bytes = 256 * 1024;
constexpr std::size_t least_room = 1024;

}  // namespace

struct Deflater {
  Deflater() : open(deflateInit2(&z, fast, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) == Z_OK) {}
  ~Deflater() {
    if (open) deflateEnd(&z);
  }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void take(std::string_view input) {
    z.next_in = reinterpret_cast<const Bytef*>(input.data());  // NOLINT(*-reinterpret-cast): zlib's bytes
    z.avail_in = static_cast<uInt>(input.size());
  }
  /// Writes behind the first `used` bytes.
  int write(std::string& out, std::size_t used, int flush) {
    z.next_out = reinterpret_cast<Bytef*>(out.data()) + used;  // NOLINT(*-reinterpret-cast)
    z.avail_out = static_cast<uInt>(out.size() - used);
    return deflate(&z, flush);
  }

  z_stream z{};
  bool open;
};

Gzip::Gzip() : deflater_(std::make_unique<Deflater>()) {}
Gzip::~Gzip() = default;

std::string_view Gzip::compress(std::string_view body) {
  if (out_.capacity() > kept_bytes) std::string().swap(out_);
  auto& z = deflater_->z;
  if (!deflater_->open || body.size() > std::numeric_limits<uInt>::max() || deflateReset(&z) != Z_OK) return {};
  out_.resize(body.size());
  deflater_->take(body);
  if (deflater_->write(out_, 0, Z_FINISH) != Z_STREAM_END) return {};
  return std::string_view(out_).substr(0, out_.size() - z.avail_out);
}

GzipStream::GzipStream() : deflater_(std::make_unique<Deflater>()) {
  if (!deflater_->open) throw std::bad_alloc();
}
GzipStream::~GzipStream() = default;

std::string_view GzipStream::add(std::string_view piece) { return deflate_all(piece, Z_SYNC_FLUSH); }

std::string_view GzipStream::finish() { return deflate_all({}, Z_FINISH); }

/// zlib is done with a flush when it leaves room.
std::string_view GzipStream::deflate_all(std::string_view input, int flush) {
  if (out_.size() > kept_bytes) std::string().swap(out_);
  deflater_->take(input);
  std::size_t used = 0;
  do {
    out_.resize(std::max(out_.size(), used + least_room + input.size() / 4));
    deflater_->write(out_, used, flush);
    used = out_.size() - deflater_->z.avail_out;
  } while (deflater_->z.avail_out == 0);
  return std::string_view(out_).substr(0, used);
}

}  // namespace kordon::server
