#include "evaluation/position_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "evaluation/angle_pair.hpp"
#include "evaluation/cell_text.hpp"
#include "evaluation/grid_text.hpp"
#include "evaluation/h3_cell.hpp"
#include "evaluation/link_text.hpp"
#include "text/ascii.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr std::size_t max_text_bytes = 200;
constexpr std::size_t max_link_bytes = 2000;
constexpr std::string_view expected_forms =
    "expected decimal degrees `50.5956, 36.5873` (latitude first), degrees minutes seconds `50°35'44.2\"N "
    "36°35'14.3\"E`, MGRS `37UCR1234567890` or UTM `37 north 312345 5567890`";

/// Without one pair of quotes or parentheses around all of it.
std::string_view unwrapped(std::string_view text) {
  const bool quoted = text.size() > 1 && text.front() == '"' && text.back() == '"';
  const bool in_parentheses = text.size() > 1 && text.front() == '(' && text.back() == ')';
  return quoted || in_parentheses ? text::trimmed(text.substr(1, text.size() - 2)) : text;
}

/// The readings of a text, and the first reason of a notation that it looks like but is not.
struct Collected {
  std::vector<Reading> readings;
  std::string error;

  void add(Reading reading) {
    const bool known = std::ranges::any_of(readings, [&](const Reading& other) {
      return std::abs(other.place.lat_deg - reading.place.lat_deg) < 1e-9 &&
             std::abs(other.place.lon_deg - reading.place.lon_deg) < 1e-9 &&
             std::abs(other.accuracy_m - reading.accuracy_m) < 0.01;
    });
    if (!known) readings.push_back(std::move(reading));
  }
  void add(std::vector<Reading> several) {
    for (auto& reading : several) add(std::move(reading));
  }
  template <typename Read>
  void add(std::optional<std::expected<Read, std::string>> read) {
    if (!read) return;
    if (*read) return add(std::move(**read));
    if (error.empty()) error = read->error();
  }
};

std::string two_readings(const Reading& one, const Reading& other) {
  return fmt::format(
      "can be read as {} (latitude {:.5f}, longitude {:.5f}) and as {} (latitude {:.5f}, longitude {:.5f}); "
      "write it so that one is meant",
      one.read_as, one.place.lat_deg, one.place.lon_deg, other.read_as, other.place.lat_deg, other.place.lon_deg);
}

std::expected<PlaceText, std::string> chosen(const Collected& all) {
  if (all.readings.empty()) return Failed(fmt::format("{}; {}", all.error, expected_forms));
  if (all.readings.size() > 1) return Failed(two_readings(all.readings[0], all.readings[1]));
  const Reading& reading = all.readings.front();
  return PlaceText{reading.place, reading.accuracy_m, reading.read_as};
}

/// `36e50` would be a geohash, too, or 36 east and 50.
std::string lone_number(std::string_view text) {
  return fmt::format(
      "`{}` is a number with an exponent, and one number alone is no position; a geohash stands behind `geohash:`, and "
      "a "
      "blank behind a letter E; {}",
      text, expected_forms);
}

}  // namespace

std::expected<PlaceText, std::string> read_position_text(std::string_view text) {
  if (text.size() > max_link_bytes) return Failed("longer than 2,000 bytes");
  text = unwrapped(text::trimmed(text));
  Collected all;
  all.add(read_map_link(text));
  if (all.readings.empty() && all.error.empty() && text.size() > max_text_bytes) return Failed("longer than 200 bytes");
  if (all.readings.empty() && all.error.empty()) all.add(read_geo_uri(text));
  if (all.readings.empty() && all.error.empty()) all.add(read_wkt(text));
  if (!all.readings.empty() || !all.error.empty()) return chosen(all);
  const auto plain = plain_spelling(text);
  auto cell = read_h3_cell(text);
  if (!cell && is_number_with_exponent(plain)) return Failed(lone_number(text));
  all.add(read_mgrs_text(text));
  all.add(read_utm_text(text));
  all.add(read_plus_code(text));
  all.add(read_geohash(text));
  all.add(std::move(cell));
  all.add(std::optional(read_angle_pair(plain)));
  return chosen(all);
}

}  // namespace kordon::evaluation
