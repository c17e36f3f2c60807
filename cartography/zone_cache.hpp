#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "cartography/polygon.hpp"

namespace kordon::cartography {

/// The zones asked for last, up to a number of vertices in all. Safe for any number of threads.
class ZoneCache {
 public:
  explicit ZoneCache(std::size_t max_vertices) : max_vertices_(max_vertices) {}

  /// Null if it is not there.
  std::shared_ptr<const Polygons> find(const std::string& key);

  /// One that is larger than the whole cache is not kept.
  void put(const std::string& key, std::shared_ptr<const Polygons> zone);

  [[nodiscard]] std::size_t vertices() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Polygons> zone;
    std::size_t vertices;
  };

  mutable std::mutex mutex_;
  std::list<Entry> entries_;  ///< the one used last comes first
  std::size_t vertices_ = 0;
  std::size_t max_vertices_;
};

}  // namespace kordon::cartography
