#pragma once

#include <mutex>
#include <vector>

#include "geo/atlas/crs_places.hpp"

namespace kordon::batch {

/// Reference systems of a batch that are open and in no reader's hands: opening one takes its time. For any number of
/// threads.
class SpareSystems {
 public:
  geo::CrsPlaces take() {
    const std::scoped_lock lock(mutex_);
    if (spare_.empty()) return {};
    auto systems = std::move(spare_.back());
    spare_.pop_back();
    return systems;
  }
  void give(geo::CrsPlaces systems) {
    const std::scoped_lock lock(mutex_);
    spare_.push_back(std::move(systems));
  }

 private:
  std::mutex mutex_;
  std::vector<geo::CrsPlaces> spare_;
};

}  // namespace kordon::batch
