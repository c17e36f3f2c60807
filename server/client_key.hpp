#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace kordon::server {

/// Key of a client for limits: its address, or the start of its token's hash.
using ClientKey = std::array<std::uint8_t, 16>;

/// The finisher of SplitMix64 over both halves. A `salt` that nobody knows keeps others from choosing keys that meet.
inline std::uint64_t mixed(const ClientKey& key, std::uint64_t salt) {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), key.data(), key.size());
  std::uint64_t x = salt;
  for (const auto half : halves) {
    x ^= half;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    x ^= x >> 31U;
  }
  return x;
}

}  // namespace kordon::server
