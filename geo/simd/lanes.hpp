#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

namespace kordon::geo {

/// Lanes: eight numbers side by side, for loops that the compiler turns into vector instructions: `KORDON_EACH_LANE(i)
/// { ... }`.
///
/// Results in each lane are bit-identical to a loop without lanes: every operation is one of IEEE 754's,
/// in the same order, and the build contracts none into another (-ffp-contract=off), except where edges are only
/// pruned.
inline constexpr std::size_t lane_count = 8;

template <typename T>
struct alignas(lane_count * sizeof(T)) LanesOf : std::array<T, lane_count> {};
using Lanes = LanesOf<double>;
using LaneBits = LanesOf<std::int64_t>;

/// Sixteen lanes in single precision, for results whose error is allowed for.
inline constexpr std::size_t single_count = 2 * lane_count;
struct alignas(single_count * sizeof(float)) Singles : std::array<float, single_count> {};
struct alignas(single_count * sizeof(float)) SingleBits : std::array<std::int32_t, single_count> {};

/// A loop over the lanes, whose body has no branches: `? :` of values that are computed already, `&` and `|` instead of
/// `&&` and
/// `||`.
#define KORDON_EACH_LANE(i) KORDON_INDEPENDENT for (std::size_t i = 0; i < geo::lane_count; ++i)
#define KORDON_EACH_SINGLE(i) KORDON_INDEPENDENT for (std::size_t i = 0; i < geo::single_count; ++i)
#ifdef __clang__
#define KORDON_INDEPENDENT
#else
#define KORDON_INDEPENDENT _Pragma("GCC ivdep")
#endif

/// Marks a function with such loops: one version for each width of registers, chosen when the program starts.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define KORDON_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define KORDON_CLONES
#endif
/// Marks a function that such a loop calls: it takes on the version of its caller.
#define KORDON_INLINE __attribute__((always_inline)) inline

KORDON_INLINE double root(double x) { return __builtin_sqrt(x); }
KORDON_INLINE float root(float x) { return __builtin_sqrtf(x); }

template <typename T>
KORDON_INLINE T lesser(T a, T b) {
  return a < b ? a : b;
}
template <typename T>
KORDON_INLINE T greater(T a, T b) {
  return a > b ? a : b;
}

KORDON_INLINE double least_of(const Lanes& lanes) {
  const auto of_four = [&](std::size_t i) {
    return lesser(lesser(lanes[i], lanes[i + 1]), lesser(lanes[i + 2], lanes[i + 3]));
  };
  return lesser(of_four(0), of_four(4));
}

/// The bits that are set in any lane.
KORDON_INLINE std::uint64_t united(const LaneBits& which) {
  std::int64_t some = 0;
  for (const auto bits : which) some |= bits;
  return static_cast<std::uint64_t>(some);
}

template <typename T>
KORDON_INLINE bool any(std::span<const T, lane_count> which) {
  T some = 0;
  for (const auto bits : which) some |= bits;
  return some != 0;
}
template <typename T>
KORDON_INLINE bool any(const LanesOf<T>& which) {
  return any(std::span<const T, lane_count>(which));
}

KORDON_INLINE Lanes all_lanes(double x) {
  Lanes lanes;
  lanes.fill(x);
  return lanes;
}

/// Eight lower bounds in ascending order, with their lanes. Those below 0, and those within eight units in the last
/// place of each other, may be in any order: bounds must have more tolerance than that.
class Ranked {
 public:
  KORDON_INLINE void rank(const Lanes& at_least) {
    at_least_ = at_least;
    // As whole numbers they have the same order; with their lane in the last bits no two are equal.
    LaneBits keys, places;
    LaneBits before{};
    KORDON_EACH_LANE(i) {
      const double bound = greater(at_least[i], 0.0);
      keys[i] = (std::bit_cast<std::int64_t>(bound) & ~std::int64_t{lane_count - 1}) | static_cast<std::int64_t>(i);
    }
    for (const auto key : keys) {
      KORDON_EACH_LANE(i) before[i] += key < keys[i] ? 1 : 0;
    }
    KORDON_EACH_LANE(i) places[i] = static_cast<std::int64_t>(i) << (before[i] * 8);
    lanes_ = 0;
    for (const auto place : places) lanes_ |= static_cast<std::uint64_t>(place);
  }

  [[nodiscard]] std::uint32_t lane(std::size_t rank) const {
    return static_cast<std::uint32_t>(lanes_ >> (rank * 8)) & 0xFFU;
  }
  [[nodiscard]] double at_least(std::size_t rank) const { return at_least_[lane(rank)]; }

 private:
  Lanes at_least_;
  std::uint64_t lanes_;  ///< eight bits each
};

}  // namespace kordon::geo
