#include "server/rate_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace kordon::server {
namespace {

using TimePoint = std::chrono::steady_clock::time_point;

/// The finisher of SplitMix64 over both halves.
std::uint64_t mixed(const RateLimiter::Key& key, std::uint64_t salt) {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), key.data(), key.size());
  std::uint64_t x = salt;
  for (const auto half : halves) {
    x ^= half;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    x ^= x >> 31U;
  }
  return x;
}

}  // namespace

RateLimiter::RateLimiter(const config::RateLimit& limit)
    : limit_(limit), salt_(std::random_device{}()), sets_(std::make_unique<std::array<Set, 4096>>()) {}

double RateLimiter::tokens_at(const Bucket& bucket, TimePoint now) const {
  if (!bucket.used) return limit_.burst;
  const std::chrono::duration<double> passed = now - bucket.filled;
  return std::min(limit_.burst, bucket.tokens + passed.count() * limit_.requests_per_second);
}

RateLimiter::Bucket& RateLimiter::bucket_of(Set& set, const Key& key, TimePoint now) const {
  const auto known =
      std::ranges::find_if(set.buckets, [&](const auto& bucket) { return bucket.used && bucket.key == key; });
  if (known != set.buckets.end()) return *known;
  auto& fullest =
      *std::ranges::max_element(set.buckets, {}, [&](const auto& bucket) { return tokens_at(bucket, now); });
  fullest = {.key = key, .tokens = limit_.burst, .filled = now, .used = true};
  return fullest;
}

std::chrono::milliseconds RateLimiter::ask(const Key& key, TimePoint now) {
  auto& set = (*sets_)[mixed(key, salt_) % sets_->size()];
  const std::scoped_lock lock(set.mutex);
  auto& bucket = bucket_of(set, key, now);
  bucket.tokens = tokens_at(bucket, now);
  bucket.filled = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return {};
  }
  const auto wait_s = (1 - bucket.tokens) / limit_.requests_per_second;
  return std::chrono::milliseconds(std::lround(std::ceil(wait_s * 1000)));
}

}  // namespace kordon::server
