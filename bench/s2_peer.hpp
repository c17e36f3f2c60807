#pragma once

#include <memory>

#include "geo/atlas/atlas.hpp"

namespace kordon::bench {

/// S2 shape indexes: edges are geodesics of a sphere. One thread at a time.
class S2Peer {
 public:
  explicit S2Peer(const geo::Atlas& atlas);
  ~S2Peer();
  S2Peer(const S2Peer&) = delete;
  S2Peer& operator=(const S2Peer&) = delete;

  struct Answer {
    bool in_russia;
    bool in_ukraine;
    double distance_m;  ///< to RU|UA, on a sphere of 6371.01 km
  };
  /// Two contains and one distance.
  [[nodiscard]] Answer ask(geo::LonLat place);

 private:
  struct S2;
  std::unique_ptr<S2> s2_;
};

}  // namespace kordon::bench
