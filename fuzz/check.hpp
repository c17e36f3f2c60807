#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// The entry that libFuzzer calls.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace kordon::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};  // NOLINT(*-reinterpret-cast): bytes are text here
}

/// What must hold whatever came in.
inline void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace kordon::fuzz
