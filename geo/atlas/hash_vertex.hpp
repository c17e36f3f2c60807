#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "geo/earth/position.hpp"

namespace kordon::geo {

/// Hash of a vertex's bits, 0 and -0 being one.
struct HashVertex {
  std::size_t operator()(LonLat vertex) const { return mixed(mixed(0, vertex.lon_deg), vertex.lat_deg); }

 private:
  static std::uint64_t mixed(std::uint64_t hash, double value) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(value + 0.0)) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29U);
  }
};

}  // namespace kordon::geo
