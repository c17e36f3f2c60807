#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>

#include "geo/earth/position.hpp"

namespace kordon::geo {

/// Smallest and largest coordinates, in the order easting or longitude, then northing or latitude.
struct Extent {
  double min_x = 0;
  double min_y = 0;
  double max_x = 0;
  double max_y = 0;
};

/// Handling of a "ballpark" operation: no known operation leads to WGS 84, and only the names of the axes are changed.
enum class Ballpark : std::uint8_t { refuse, accept };

/// One coordinate operation from a reference system to WGS 84, the same for all coordinates.
///
/// PROJ's usual transformer chooses an operation for each coordinate, and silently none where none is known: between
/// neighbouring vertices that is a step of 100 m. Here the best operation for the whole extent is chosen once.
/// Not to be used by two threads at the same time; a copy would be, so there is none.
class Transformation {
 public:
  /// `crs` is anything that PROJ reads (`EPSG:4214`, WKT); `extent` is in its coordinates. The error says what is
  /// wrong: not read, not on the Earth's surface (geocentric, vertical, engineering), no operation known there.
  static std::expected<Transformation, std::string> to_wgs84(const std::string& crs, const Extent& extent,
                                                             Ballpark ballpark = Ballpark::refuse);

  /// Turns coordinates (easting or longitude first, whatever the authority's order) into longitude and latitude, in
  /// place. Index of the first one that has no place on the Earth, or does not come back to where it was within a metre
  /// (it was outside the system's domain and has been wrapped); nothing if all have. Such a coordinate is left as it
  /// is.
  [[nodiscard]] std::expected<void, std::size_t> apply(std::span<LonLat> coordinates) const;

  /// As PROJ names it: `Inverse of UTM zone 37N`, `Beijing 1954 to WGS 84 (5)`.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// As its source states it, 95 %, metres; 0: exact; negative: not stated.
  [[nodiscard]] double accuracy_m() const { return accuracy_m_; }
  [[nodiscard]] bool is_ballpark() const { return is_ballpark_; }

 private:
  struct Proj;
  struct Free {
    void operator()(Proj* proj) const;
  };
  std::unique_ptr<Proj, Free> proj_;
  std::string name_;
  double accuracy_m_ = 0;
  bool is_ballpark_ = false;
};

}  // namespace kordon::geo
