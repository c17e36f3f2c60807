#pragma once

#include <atomic>
#include <expected>

#include "server/child_process.hpp"
#include "world/world.hpp"

namespace kordon::server {

/// Loads layers in a process of its own (`kordon load-layers`), which is ended when it takes too long or too much
/// memory: libraries and data from outside, which read and repair them, may do neither to the service. The result
/// is mapped, from the index file or from memory that both share.
class LayerLoader {
 public:
  LayerLoader();

  /// As world::LoadLayers. The faults name the layer that was being read, and the limit that it broke.
  std::expected<world::LoadedLayers, Faults> load(const config::Config& config) const;

  /// Ends a loading at once, and lets none begin any more. From any thread.
  void cancel();

 private:
  Descriptor cancelled_;
  mutable std::atomic<bool> loaded_ = false;  ///< layers are served now: the next loading has low priority
};

}  // namespace kordon::server
