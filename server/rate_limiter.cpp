#include "server/rate_limiter.hpp"

#include <algorithm>
#include <random>

namespace kordon::server {
namespace {

using Seconds = std::chrono::duration<double>;
using Clock = std::chrono::steady_clock;

/// No debt is longer: it would leave the clock's range.
constexpr Seconds longest_debt = std::chrono::hours(24 * 365);

Clock::duration ticks_of(Seconds time) {
  return std::chrono::duration_cast<Clock::duration>(std::min(time, longest_debt));
}

}  // namespace

RateLimiter::RateLimiter(const config::RateLimit& limit)
    : limit_(limit), salt_(std::random_device{}()), sets_(std::make_unique<Sets>()) {}

RateLimiter::Set& RateLimiter::set_of(const ClientKey& key) { return (*sets_)[mixed(key, salt_) % sets_->size()]; }

RateLimiter::Bucket& RateLimiter::bucket_of(Set& set, const ClientKey& key) {
  auto* const known = std::ranges::find(set.buckets, key, &Bucket::key);
  if (known != set.buckets.end()) return *known;
  auto& fullest = *std::ranges::min_element(set.buckets, {}, &Bucket::full_at);
  fullest = {.key = key};
  return fullest;
}

Seconds RateLimiter::time_of(double requests) const { return Seconds(requests / limit_.requests_per_second); }

std::chrono::milliseconds RateLimiter::ask(const ClientKey& key, TimePoint now) {
  auto& set = set_of(key);
  const std::scoped_lock lock(set.mutex);
  auto& bucket = bucket_of(set, key);
  const auto from = std::max(bucket.full_at, now);
  const Seconds wait = Seconds(from - now) - time_of(limit_.burst - 1);
  if (wait <= Seconds::zero()) {
    bucket.full_at = from + ticks_of(time_of(1));
    return {};
  }
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds(1));
}

void RateLimiter::charge(const ClientKey& key, TimePoint now, std::uint64_t rows) {
  auto& set = set_of(key);
  const std::scoped_lock lock(set.mutex);
  auto& bucket = bucket_of(set, key);
  const auto debt =
      Seconds(std::max(bucket.full_at, now) - now) + time_of(static_cast<double>(rows) / limit_.rows_per_request);
  bucket.full_at = now + ticks_of(debt);
}

}  // namespace kordon::server
