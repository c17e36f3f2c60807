#pragma once

#include <memory>
#include <span>

#include "cartography/box.hpp"
#include "cartography/simplify.hpp"
#include "policy/area.hpp"

namespace kordon::cartography {

/// The shapes of one atlas, which must outlive it. Made when first asked for and kept; safe for any number of threads.
class Maps {
 public:
  explicit Maps(const geo::Atlas& atlas);
  Maps(const Maps&) = delete;
  Maps& operator=(const Maps&) = delete;
  Maps(Maps&&) noexcept;
  Maps& operator=(Maps&&) noexcept;
  ~Maps();

  /// Shapes simplified with a tolerance of at most `max_offset_deg`, degrees that a line may move: with the next of 0,
  /// 0.0001, 0.0002, 0.0004 ... below it, so that requests cannot make more than `level_count` versions.
  [[nodiscard]] std::shared_ptr<const Shapes> shapes(double max_offset_deg) const;

  /// Whether these are there already; to make them takes some tenths of a second for 10^5 edges.
  [[nodiscard]] bool has_shapes(double max_offset_deg) const;

  /// The area as polygons, without a clause's `parameter` but with its value from `values` (see policy::Program).
  ///
  /// Unsimplified, its edge lies within 10 m of where the area's margin is 0. With a tolerance, regions and borders are
  /// simplified as `shapes` are, and what lies within a distance of them gets its part of the tolerance.
  /// Nothing where it would take too much: a distance that is too far for the plane, or too near for so long a line.
  [[nodiscard]] std::shared_ptr<const Polygons> zone(const policy::Area& area, std::span<const double> values,
                                                     double max_offset_deg) const;

  /// A box outside of which such a zone covers nothing. It costs no zone.
  [[nodiscard]] Box zone_extent(const policy::Area& area, std::span<const double> values, double max_offset_deg) const;

  /// The box around all regions.
  [[nodiscard]] Box extent() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Tolerance of the finest simplification.
inline constexpr double finest_offset_deg = 1e-4;
inline constexpr int level_count = 18;

/// 0: not simplified; n: simplified by finest_offset_deg * 2^(n - 1).
int level_of(double max_offset_deg);
double offset_deg_of(int level);

}  // namespace kordon::cartography
