#include "cartography/zone_cache.hpp"

#include <algorithm>

namespace kordon::cartography {
namespace {

constexpr std::size_t least_vertices = 100;  // an empty zone takes room, too

std::size_t vertices_of(const Polygons& polygons) {
  std::size_t count = least_vertices;
  for (const auto& polygon : polygons) {
    for (const auto& ring : polygon) count += ring.size();
  }
  return count;
}

}  // namespace

std::shared_ptr<const Polygons> ZoneCache::find(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  if (found == entries_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found);
  return found->zone;
}

void ZoneCache::put(const std::string& key, std::shared_ptr<const Polygons> zone) {
  const auto size = vertices_of(*zone);
  const std::scoped_lock lock(mutex_);
  if (size > max_vertices_ || std::ranges::find(entries_, key, &Entry::key) != entries_.end()) return;
  entries_.push_front({key, std::move(zone), size});
  vertices_ += size;
  while (vertices_ > max_vertices_) {
    vertices_ -= entries_.back().vertices;
    entries_.pop_back();
  }
}

std::size_t ZoneCache::vertices() const {
  const std::scoped_lock lock(mutex_);
  return vertices_;
}

}  // namespace kordon::cartography
