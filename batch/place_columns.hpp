#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/column_name.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

/// Names that the caller states; each overrides a meaning by name.
struct StatedColumns {
  std::string lon, lat, position, accuracy_m, at, at_time;
};

/// Which columns hold the place, its accuracy and the time.
struct PlaceColumns {
  std::size_t lon = no_column;
  std::size_t lat = no_column;
  std::size_t position = no_column;
  std::size_t accuracy_m = no_column;
  std::size_t at = no_column;        ///< a moment, or a date where `at_time` is there
  std::size_t at_time = no_column;   ///< a time of day
  bool at_is_utc = false;            ///< by the convention of those who write such columns
  std::vector<std::string> notices;  ///< columns that look meant and are not used, one sentence each
};

struct PlaceColumnsRequest {
  std::span<const std::string> names;
  const StatedColumns& stated;
  bool has_crs = false;     ///< x and y, or an easting and a northing, go before degrees
  bool has_at = false;      ///< a time for all rows is stated
  bool joins_times = true;  ///< a date and a time of day may stand in two columns
};

/// Longitude and latitude are taken from one pair: degrees of one prefix, else x and y, else a position text. Two pairs
/// of degrees with different prefixes, or half pairs alone, are errors: one sentence each.
std::expected<PlaceColumns, evaluation::FieldError> find_place_columns(const PlaceColumnsRequest& request);

}  // namespace kordon::batch
