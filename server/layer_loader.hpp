#pragma once

#include <atomic>
#include <expected>

#include "server/child_process.hpp"
#include "world/world.hpp"

namespace kordon::server {

/// Loads layers in a process of its own (`kordon load-layers`), which is ended when it takes too long or too much
/// memory: what reads and repairs them, libraries and data from outside, may do neither to the service. What comes out
/// is mapped, from the index file or from memory that both share.
class LayerLoader {
 public:
  LayerLoader();

  /// As world::LoadLayers. The faults name the layer that was being read, and the limit that it broke.
  std::expected<world::LoadedLayers, Faults> load(const config::Config& config) const;

  /// From any thread: what is being loaded is ended at once, and nothing is loaded any more.
  void cancel();

 private:
  Descriptor cancelled_;
  mutable std::atomic<bool> loaded_ = false;  ///< once, so that something is served meanwhile
};

}  // namespace kordon::server
