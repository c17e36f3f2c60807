#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>

#include "config/server_config.hpp"
#include "server/client_key.hpp"

namespace kordon::server {

/// A token bucket for each client, kept as the time when it will be full again (the generic cell rate algorithm). The
/// table has a fixed size with room for 65,536 clients that all ask at once; where a set of it is full, the client that
/// is nearest to being allowed everything is forgotten. Safe from any thread.
class RateLimiter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit RateLimiter(const config::RateLimit& limit);

  /// Zero: allowed, and counted as one request. Else how long this client has to wait.
  std::chrono::milliseconds ask(const ClientKey& key, TimePoint now);

  /// Charges the cost of an allowed request beyond itself: rows of a batch. The client may be in debt then.
  void charge(const ClientKey& key, TimePoint now, std::uint64_t rows);

 private:
  struct Bucket {
    ClientKey key{};
    TimePoint full_at{};  ///< of one that was never used: long ago
  };
  struct Set {
    std::mutex mutex;
    std::array<Bucket, 24> buckets;
  };
  using Sets = std::array<Set, 16384>;

  Set& set_of(const ClientKey& key);
  static Bucket& bucket_of(Set& set, const ClientKey& key);
  [[nodiscard]] std::chrono::duration<double> time_of(double requests) const;

  const config::RateLimit limit_;
  std::uint64_t salt_;
  std::unique_ptr<Sets> sets_;
};

}  // namespace kordon::server
