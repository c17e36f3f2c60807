#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace kordon::geo {

/// Eight numbers side by side, by the vector extension of GCC and Clang, on any machine.
///
/// Arithmetic that is written for a type `R` runs on `double` and on `Lanes` with the same bits: every operation is
/// one of IEEE 754's, in the same order, and the build contracts none into another (-ffp-contract=off).
using Lanes = double __attribute__((vector_size(64)));
using LaneBits = std::int64_t __attribute__((vector_size(64)));
inline constexpr std::size_t lane_count = 8;

/// For what runs in a loop over lanes: one version for each width of registers, chosen when the program starts.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define KORDON_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define KORDON_CLONES
#endif
/// For what such a loop calls: it takes on the version of its caller.
#define KORDON_INLINE __attribute__((always_inline)) inline

KORDON_INLINE double root(double x) { return __builtin_sqrt(x); }
KORDON_INLINE Lanes root(const Lanes& x) {
  Lanes y;
  for (std::size_t i = 0; i < lane_count; ++i) y[i] = __builtin_sqrt(x[i]);
  return y;
}

KORDON_INLINE double pick(bool which, double yes, double no) { return which ? yes : no; }
KORDON_INLINE Lanes pick(const LaneBits& which, const Lanes& yes, const Lanes& no) { return which ? yes : no; }

KORDON_INLINE std::int64_t bits_of(double x) { return std::bit_cast<std::int64_t>(x); }
KORDON_INLINE LaneBits bits_of(const Lanes& x) { return reinterpret_cast<LaneBits>(x); }

KORDON_INLINE bool any(const LaneBits& which) {
  std::int64_t all = 0;
  for (std::size_t i = 0; i < lane_count; ++i) all |= which[i];
  return all != 0;
}

}  // namespace kordon::geo
