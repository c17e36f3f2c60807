#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "config/server_config.hpp"

namespace kordon::server {

/// A token bucket for each client. The table has a fixed size: where a set of it is full, the client that is nearest to
/// being allowed everything is forgotten. Safe from any thread.
class RateLimiter {
 public:
  /// A client: its address, or the start of its token's hash.
  using Key = std::array<std::uint8_t, 16>;

  explicit RateLimiter(const config::RateLimit& limit);

  /// Zero: allowed, and counted. Else how long this client has to wait.
  std::chrono::milliseconds ask(const Key& key, std::chrono::steady_clock::time_point now);

 private:
  struct Bucket {
    Key key{};
    double tokens = 0;
    std::chrono::steady_clock::time_point filled;
    bool used = false;
  };
  struct Set {
    std::mutex mutex;
    std::array<Bucket, 8> buckets;
  };

  [[nodiscard]] double tokens_at(const Bucket& bucket, std::chrono::steady_clock::time_point now) const;
  Bucket& bucket_of(Set& set, const Key& key, std::chrono::steady_clock::time_point now) const;

  const config::RateLimit limit_;
  std::uint64_t salt_;  ///< so that nobody can choose addresses that share a set
  std::unique_ptr<std::array<Set, 4096>> sets_;
};

}  // namespace kordon::server
