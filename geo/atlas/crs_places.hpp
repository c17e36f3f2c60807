#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "geo/atlas/crs_name.hpp"
#include "geo/earth/position.hpp"

namespace kordon::geo {

/// Two coordinates of a reference system as somebody wrote them: metres of a map, or degrees.
struct MapPair {
  /// Whether `x` is known to be the easting or longitude, or may be the northing, as the authority's first axis is in
  /// many systems (`x` is north in Gauss-Kruger).
  enum class Order : std::uint8_t { east_first, open };

  double x = 0;
  double y = 0;
  Order order = Order::open;
};

/// Place of a pair of map coordinates, and the operation that led to it.
struct CrsPlace {
  LonLat place;
  double accuracy_m = 0;  ///< of the operation as its source states it, 95 %; 0: exact; negative: not stated
  std::string read_as;    ///< `EPSG:28407, Pulkovo 1942 / Gauss-Kruger zone 7: ...`
};

struct CrsFault {
  bool in_crs = false;  ///< it is the system's, whatever the coordinates
  std::string message;  ///< one sentence
};

/// Places by coordinates in any reference system of EPSG, ESRI or OGC. For each place the most accurate operation that
/// PROJ's database knows there and has the grids of leads to WGS 84, never one without a datum shift ("ballpark");
/// nothing is fetched. The same pair gives the same place whatever was read before.
///
/// For one thread at a time: it has a PROJ context of its own, made when it is first needed. A system costs 20 to 200
/// ms when it is first asked for, also one that no place can be read in, then some microseconds a place.
class CrsPlaces {
 public:
  /// Those that no place can be read in count as well.
  static constexpr std::size_t max_systems = 32;

  CrsPlaces();
  ~CrsPlaces();
  CrsPlaces(CrsPlaces&&) noexcept;
  CrsPlaces& operator=(CrsPlaces&&) noexcept;

  /// `crs`: `EPSG:28407`, `28407`, `ESRI:102100`, `urn:ogc:def:crs:EPSG::28407`,
  /// `http://www.opengis.net/def/crs/EPSG/0/28407`, `CRS84`, `WGS 84`. Both orders of an open pair are tried where the
  /// authority has north first: the one that lies in the system's area of use, or up to 3 degrees beside it, holds.
  /// Faults: an unknown system, one without a map or the Earth's surface; a pair outside of the area; one whose two
  /// orders both lie inside, which are named; no operation known at the place; more than max_systems since the last
  /// `trim`.
  std::expected<CrsPlace, CrsFault> read(std::string_view crs, const MapPair& pair);

  /// Whether `read` would have to open a system first, which takes its time.
  [[nodiscard]] bool would_open(std::string_view crs) const;

  /// Makes room for another system where there is none: forgets those that no place can be read in, else all.
  void trim();

 private:
  struct System;
  struct Known;
  using Opened = std::expected<System, std::string>;
  std::expected<const System*, std::string> system(std::string_view crs);
  [[nodiscard]] Opened opened(const CrsName& name) const;

  std::unique_ptr<Known> known_;
};

}  // namespace kordon::geo
