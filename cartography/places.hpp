#pragma once

#include <bit>
#include <cstdint>
#include <unordered_set>

#include "geo/earth/position.hpp"

namespace kordon::cartography {

/// Equal places have equal hashes, -0 and 0 included.
struct HashPlace {
  std::size_t operator()(geo::LonLat place) const {
    const auto mixed = std::bit_cast<std::uint64_t>(place.lon_deg + 0.0) * 0x9E3779B97F4A7C15ULL ^
                       std::bit_cast<std::uint64_t>(place.lat_deg + 0.0);
    return static_cast<std::size_t>((mixed ^ (mixed >> 29U)) * 0xBF58476D1CE4E5B9ULL);
  }
};
using Places = std::unordered_set<geo::LonLat, HashPlace>;

}  // namespace kordon::cartography
