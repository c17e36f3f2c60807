#include "server/admission.hpp"

#include <algorithm>

namespace kordon::server {
namespace {

constexpr std::size_t max_refused = 128;

/// At least a quarter of the descriptors, however few there are.
std::size_t for_clients(std::size_t descriptors) {
  return std::max(descriptors / 4, descriptors - std::min(descriptors, reserved_descriptors));
}

}  // namespace

Admission::Admission(const config::Limits& limits, std::size_t descriptors)
    : most_connections_(std::min(limits.connections, for_clients(descriptors))),
      most_per_address_(limits.connections_per_address) {}

bool Admission::has_room_for(const Caller& caller) const {
  if (caller.operators) return operators_ < operators_connections;
  const auto known = by_address_.find(caller.address);
  const auto here = known == by_address_.end() ? 0 : known->second;
  return admitted_ < most_connections_ && here < most_per_address_;
}

Admission::Place Admission::enter(const Caller& caller) {
  const std::scoped_lock lock(mutex_);
  Place place;
  place.caller_ = caller;
  if (has_room_for(caller)) {
    if (caller.operators) {
      ++operators_;
    } else {
      ++by_address_[caller.address];
      ++admitted_;
    }
    place.verdict_ = Verdict::admitted;
    place.admission_ = this;
    return place;
  }
  ++refused_total_;
  if (refused_ < max_refused) {
    ++refused_;
    place.verdict_ = Verdict::refused;
    place.admission_ = this;
  }
  return place;
}

std::size_t Admission::connections() const {
  const std::scoped_lock lock(mutex_);
  return admitted_ + operators_;
}

std::uint64_t Admission::refused_total() const {
  const std::scoped_lock lock(mutex_);
  return refused_total_;
}

void Admission::leave(const Place& place) {
  const std::scoped_lock lock(mutex_);
  if (place.verdict_ == Verdict::refused) {
    --refused_;
    return;
  }
  if (place.caller_.operators) {
    --operators_;
    return;
  }
  --admitted_;
  const auto here = by_address_.find(place.caller_.address);
  if (--here->second == 0) by_address_.erase(here);
}

}  // namespace kordon::server
