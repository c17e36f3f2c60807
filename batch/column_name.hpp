#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kordon::batch {

/// Meaning of a column's name.
enum class NameMeans : std::uint8_t {
  nothing,
  lon,  ///< degrees: `long`, `decimalLongitude`, `довгота`
  lat,
  x,  ///< in a coordinate reference system, or degrees where none is stated
  y,
  easting,  ///< metres of a map
  northing,
  position,       ///< a text or a cell
  like_position,  ///< a text or cell of a notation that the name does not tell, or that is not read: `cell_id`
  angle_part,     ///< minutes or seconds of an angle that stands in columns: `lat_min`
  accuracy_m,     ///< metres for certain
  like_accuracy,  ///< an accuracy of another or unknown unit: `hdop`, `geo_precision`
  at,
  like_time,  ///< a moment or a day that may be the one to ask for: `timestamp`, `event_date`
};

/// A name taken apart: `start_latitude` is a latitude of the pair `start_`.
struct NamedColumn {
  NameMeans means = NameMeans::nothing;
  std::string prefix;   ///< in lower case; behind it a blank and what tells the pair: ` wgs84`; empty: the name alone
  int resolution = -1;  ///< of a column of H3 cells that names it: `h3_9`
};

/// Reads a column's name in any case, with blanks, `_`, `-` and `.` between words, and a unit in brackets behind:
/// `Latitude (N)`.
NamedColumn read_column_name(std::string_view name);

/// What a column's texts begin with where its name tells their notation and they may not: `geohash:`, or nothing.
std::string_view notation_prefix(std::string_view name);

/// A text behind this prefix, unless it is empty or stands there already.
std::string with_notation(std::string_view text, std::string_view prefix);

/// Whether two names are the same in any case, ASCII or Cyrillic.
bool is_same_name(std::string_view a, std::string_view b);

/// The name in small letters without blanks and signs, and without a unit in brackets behind: `Latitude (N)` is
/// `latitude`.
std::string plain_name(std::string_view name);

}  // namespace kordon::batch
