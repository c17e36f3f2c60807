#pragma once

#include "geo/atlas/atlas.hpp"

namespace kordon::geo {

/// The shipped layers, loaded once.
const Atlas& shipped();

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace kordon::geo
