#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "server/http_fault.hpp"

namespace kordon::server {

/// Takes a body out of gzip (RFC 1952), piece by piece, one member after the other. The size that a small body can
/// become is bounded: beyond the first MiB to 100 times its bytes.
class Gunzip {
 public:
  static constexpr std::uint64_t free_bytes = 1U << 20U;
  static constexpr std::uint64_t most_times = 100;

  /// Throws std::bad_alloc.
  Gunzip();
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// Content that these bytes add, valid until the next call. Faults: they are not gzip, or become too much. After a
  /// fault it must not be called again.
  std::expected<std::string_view, HttpFault> put(std::string_view packed);

  /// Whether the bytes so far end where a member does, with its checksum right.
  [[nodiscard]] bool is_whole() const { return at_member_end_; }

 private:
  struct Inflater;
  std::unique_ptr<Inflater> inflater_;
  std::string out_;
  std::uint64_t packed_bytes_ = 0;
  std::uint64_t plain_bytes_ = 0;
  bool at_member_end_ = false;
};

}  // namespace kordon::server
