#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kordon::server {

/// Bodies below this are sent as they are: a packet holds them either way.
inline constexpr std::size_t least_gzip_bytes = 1024;

struct Deflater;

/// Compresses one body after another and keeps its tables between them.
class Gzip {
 public:
  Gzip();
  ~Gzip();
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  /// The compressed body, valid until the next call; empty where that failed or did not make it smaller.
  std::string_view compress(std::string_view body);

 private:
  std::unique_ptr<Deflater> deflater_;
  std::string out_;
};

/// Compresses one body piece by piece. It holds some 260 KB, whatever the body's length.
class GzipStream {
 public:
  /// Throws std::bad_alloc.
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  /// Compressed, with all that a client needs to read the piece before the next one comes. Valid until the next call.
  std::string_view add(std::string_view piece);
  /// The body's end: without it a client sees that it is not whole.
  std::string_view finish();

 private:
  std::string_view deflate_all(std::string_view input, int flush);

  std::unique_ptr<Deflater> deflater_;
  std::string out_;
};

}  // namespace kordon::server
