#include "server/admission.hpp"

namespace kordon::server {
namespace {

constexpr std::size_t max_refused = 128;

}  // namespace

Admission::Place Admission::enter(const ClientAddress& address) {
  const std::scoped_lock lock(mutex_);
  Place place;
  place.address_ = address;
  const auto known = by_address_.find(address);
  const auto here = known == by_address_.end() ? 0 : known->second;
  if (admitted_ < limits_.connections && here < limits_.connections_per_address) {
    ++by_address_[address];
    ++admitted_;
    place.verdict_ = Verdict::admitted;
    place.admission_ = this;
    return place;
  }
  ++refusals_;
  if (refused_ < max_refused) {
    ++refused_;
    place.verdict_ = Verdict::refused;
    place.admission_ = this;
  }
  return place;
}

std::size_t Admission::connections() const {
  const std::scoped_lock lock(mutex_);
  return admitted_;
}

std::uint64_t Admission::refusals() const {
  const std::scoped_lock lock(mutex_);
  return refusals_;
}

void Admission::leave(const Place& place) {
  const std::scoped_lock lock(mutex_);
  if (place.verdict_ == Verdict::refused) {
    --refused_;
    return;
  }
  --admitted_;
  const auto here = by_address_.find(place.address_);
  if (--here->second == 0) by_address_.erase(here);
}

}  // namespace kordon::server
