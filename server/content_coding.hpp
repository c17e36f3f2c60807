#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace kordon::server {

/// Whether an `Accept-Encoding` field lets gzip through (RFC 9110, 12.5.3); without one, no.
bool accepts_gzip(std::string_view accept_encoding);

/// Bodies below this are sent as they are: a packet holds them either way.
inline constexpr std::size_t least_gzip_bytes = 1024;

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
  struct Stream;
  std::unique_ptr<Stream> stream_;
  std::string out_;
};

}  // namespace kordon::server
