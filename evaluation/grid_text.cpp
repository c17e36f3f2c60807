#include "evaluation/grid_text.hpp"

#include <fmt/format.h>

#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <regex>

#include "text/ascii.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr std::string_view bands = "CDEFGHJKLMNPQRSTUVWX";
constexpr double band_height_deg = 8;
// A place beside a band's edge is often written with the letter of the square that it was read in.
constexpr double band_slack_deg = 0.02;

constexpr std::string_view uneven_digits =
    "the digits of easting and northing differ in number; expected as many of one as of the other";

bool is_square_separator(char c) { return c == ' ' || c == '-' || c == ',' || c == '\t' || c == '_'; }

/// The runs of digits behind the letters of a square, as they are parted.
std::vector<std::string> digit_groups(std::string_view text, std::size_t letters_end) {
  std::vector<std::string> groups(1);
  for (const char c : text.substr(letters_end)) {
    if (!is_square_separator(c)) groups.back() += c;
    if (is_square_separator(c) && !groups.back().empty()) groups.emplace_back();
  }
  if (groups.back().empty()) groups.pop_back();
  return groups;
}

bool parts_in_the_middle(const std::vector<std::string>& groups) {
  std::size_t total = 0;
  for (const auto& group : groups) total += group.size();
  std::size_t sum = 0;
  return groups.size() < 2 ||
         std::ranges::any_of(groups, [&](const auto& group) { return 2 * (sum += group.size()) == total; });
}

std::string side_text(int digits) {
  if (digits <= 2) return fmt::format("{} km", static_cast<int>(std::pow(10, 2 - digits)));
  return fmt::format("{} m", std::pow(10.0, 5 - digits));
}

constexpr std::size_t max_digits = 22;  // GeographicLib reads squares down to 1 um

/// Why GeographicLib knows no such square: zone and band, two letters, digits.
std::string fault_of_square(std::string_view square) {
  const auto letters = square.find_first_not_of("0123456789");
  const auto zone = square.substr(0, letters + (letters > 0 ? 1 : 0));
  const auto pair = square.substr(letters > 0 ? letters + 1 : 0, letters > 0 ? 2 : 3);
  const auto digits = square.size() - zone.size() - pair.size();
  const int number = letters > 0 ? std::stoi(std::string(square.substr(0, letters))) : 1;
  if (number < 1 || number > 60) return fmt::format("expected a zone of the grid from 1 to 60, got {}", number);
  if (digits % 2 != 0) return std::string(uneven_digits);
  if (digits > max_digits) return fmt::format("more than {} digits of easting or northing", max_digits / 2);
  return zone.empty() ? fmt::format("there is no square {} at the poles", pair)
                      : fmt::format("there is no square {} in the grid zone {}", pair, zone);
}

Reading centre_of_square(const std::string& square) {
  int zone = 0;
  int digits = 0;
  bool north = true;
  double easting_m = 0;
  double northing_m = 0;
  GeographicLib::MGRS::Reverse(square, zone, north, easting_m, northing_m, digits);
  Reading read;
  double convergence_deg = 0;
  double scale = 1;
  GeographicLib::UTMUPS::Reverse(zone, north, easting_m, northing_m, read.place.lat_deg, read.place.lon_deg,
                                 convergence_deg, scale);
  read.place = rounded(read.place);
  read.accuracy_m = std::pow(10.0, 5 - digits) * std::numbers::sqrt2 / 2 / scale;
  read.read_as = fmt::format("MGRS square of {}, centre", side_text(digits));
  return read;
}

/// What a text of UTM says, before it is projected.
struct Utm {
  int zone = 0;
  std::string letter;  ///< a band or N or S; a whole word of a hemisphere as NORTH or SOUTH
  double easting_m = 0;
  double northing_m = 0;
};

std::optional<Utm> match_utm(const std::string& upper) {
  static const std::regex zone_first(
      R"((?:UTM\s*)?(?:ZONE\s*)?([0-9]{1,2})\s*(NORTH|SOUTH|[C-HJ-NP-X])[\s,:]+E?\s*([0-9]{5,7}(?:\.[0-9]*)?)\s*(?:M?\s*E)?[\s,;]+N?\s*([0-9]{1,8}(?:\.[0-9]*)?)\s*(?:M?\s*N)?)");
  static const std::regex zone_last(
      R"(E?\s*([0-9]{5,7}(?:\.[0-9]*)?)\s*(?:M?\s*E)?[\s,;]+N?\s*([0-9]{1,8}(?:\.[0-9]*)?)\s*(?:M?\s*N)?[\s,;]+(?:UTM\s*)?(?:ZONE\s*)?([0-9]{1,2})\s*(NORTH|SOUTH|[C-HJ-NP-X]))");
  std::smatch found;
  const auto number = [&](std::size_t i) { return std::strtod(found[i].str().c_str(), nullptr); };
  if (std::regex_match(upper, found, zone_first)) return Utm{std::stoi(found[1]), found[2], number(3), number(4)};
  if (std::regex_match(upper, found, zone_last)) return Utm{std::stoi(found[3]), found[4], number(1), number(2)};
  return std::nullopt;
}

std::expected<Reading, std::string> project(const Utm& utm, bool north) {
  Reading read;
  try {
    GeographicLib::UTMUPS::Reverse(utm.zone, north, utm.easting_m, utm.northing_m, read.place.lat_deg,
                                   read.place.lon_deg);
  } catch (const GeographicLib::GeographicErr&) {
    return Failed(fmt::format("easting {} and northing {} lie beyond UTM zone {} {}", utm.easting_m, utm.northing_m,
                              utm.zone, north ? "north" : "south"));
  }
  read.place = rounded(read.place);
  read.read_as = fmt::format("UTM {} {}", utm.zone, north ? "north" : "south");
  return read;
}

char band_at(double lat_deg) {
  const auto index = static_cast<int>(std::floor((lat_deg + 80) / band_height_deg));
  return bands[static_cast<std::size_t>(std::clamp(index, 0, static_cast<int>(bands.size()) - 1))];
}

bool lies_in_band(double lat_deg, char band) {
  const double south_deg = -80 + band_height_deg * static_cast<double>(bands.find(band));
  const double north_deg = south_deg + (band == 'X' ? band_height_deg + 4 : band_height_deg);
  return lat_deg >= south_deg - band_slack_deg && lat_deg <= north_deg + band_slack_deg;
}

std::expected<Readings, std::string> readings_of(const Utm& utm) {
  if (utm.zone < 1 || utm.zone > 60) return Failed(fmt::format("expected a UTM zone from 1 to 60, got {}", utm.zone));
  const char letter = utm.letter[0];
  const bool hemisphere = utm.letter.size() > 1 || letter == 'N' || letter == 'S';
  if (!hemisphere) {
    auto read = project(utm, letter > 'N');
    if (!read) return Failed(read.error());
    if (!lies_in_band(read->place.lat_deg, letter)) {
      return Failed(
          fmt::format("northing {} lies in the latitude band {}, not in {}; write the band that is meant, or "
                      "`{} north`",
                      utm.northing_m, band_at(read->place.lat_deg), letter, utm.zone));
    }
    read->read_as += fmt::format(", by the latitude band {}", letter);
    return Readings{*read};
  }
  Readings readings;
  const auto by_hemisphere = project(utm, letter == 'N');
  if (by_hemisphere) readings.push_back(*by_hemisphere);
  const auto by_band = utm.letter == "S" ? project(utm, true) : Failed("");
  if (by_band && lies_in_band(by_band->place.lat_deg, 'S')) {
    readings.push_back(*by_band);
    readings.back().read_as += ", by the latitude band S";
  }
  if (readings.empty()) return Failed(by_hemisphere.error());
  return readings;
}

}  // namespace

geo::LonLat rounded(geo::LonLat place) {
  constexpr double steps = 1e9;
  return {std::nearbyint(place.lon_deg * steps) / steps, std::nearbyint(place.lat_deg * steps) / steps};
}

std::optional<std::expected<Reading, std::string>> read_mgrs_text(std::string_view text) {
  static const std::regex shape("([0-9]{1,2}[C-HJ-NP-X]|[ABYZ])[A-HJ-NP-Z]{2}[0-9]*");
  static const std::regex zone("[0-9]{1,2}[C-HJ-NP-X]");
  std::string joined = text::uppered(text);
  std::erase_if(joined, is_square_separator);
  if (std::regex_match(joined, zone)) return Failed("a grid zone alone is no position");
  if (!std::regex_match(joined, shape)) return std::nullopt;
  const auto letters_end = text.find_last_not_of("0123456789 -,_\t") + 1;
  const auto groups = digit_groups(text, letters_end);
  if (!parts_in_the_middle(groups)) {
    return Failed(std::string(uneven_digits));
  }
  try {
    return centre_of_square(joined);
  } catch (const GeographicLib::GeographicErr&) {
    return Failed(fault_of_square(joined));
  }
}

std::optional<std::expected<Readings, std::string>> read_utm_text(std::string_view text) {
  const auto utm = match_utm(text::uppered(text));
  if (!utm) return std::nullopt;
  return readings_of(*utm);
}

}  // namespace kordon::evaluation
