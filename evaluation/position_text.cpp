#include "evaluation/position_text.hpp"

#include <fmt/format.h>

#include <GeographicLib/DMS.hpp>
#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <GeographicLib/Utility.hpp>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <optional>
#include <regex>
#include <vector>

namespace kordon::evaluation {
namespace {

constexpr std::size_t max_text_bytes = 200;
constexpr std::string_view expected_forms =
    "expected decimal degrees `50.5956, 36.5873` (latitude first), degrees minutes seconds `50°35'44.2\"N "
    "36°35'14.3\"E`, MGRS `37UCR1234567890` or UTM `37n 312345 5567890`";

char upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (std::isspace(static_cast<unsigned char>(c)) == 0) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// `50 35 44.2 N` and `50° 35' 44.2" N` in the one-word spelling that GeographicLib reads.
std::string angle_word(std::string_view half) {
  const auto words = words_of(half);
  const bool marked = half.find_first_of(":'\"dD") != half.npos || half.find("\xC2\xB0") != half.npos;
  const auto is_letter = [](const std::string& word) {
    return word.size() == 1 && std::isalpha(static_cast<unsigned char>(word[0]));
  };
  std::string joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool touches_letter = i > 0 && (is_letter(words[i]) || is_letter(words[i - 1]));
    if (i > 0 && !marked && !touches_letter) joined += ':';
    joined += words[i];
  }
  return joined;
}

/// Where a text of many words falls into latitude and longitude: at its comma, or at its hemisphere letters.
std::optional<std::pair<std::string, std::string>> halves_of(std::string_view text) {
  const auto cut = [&](std::size_t end, std::size_t begin) {
    return std::pair(angle_word(text.substr(0, end)), angle_word(text.substr(begin)));
  };
  if (const auto comma = text.find_first_of(",;"); comma != text.npos) {
    if (text.find_first_of(",;", comma + 1) != text.npos) return std::nullopt;
    return cut(comma, comma + 1);
  }
  if (const auto words = words_of(text); words.size() == 2) return std::pair(words[0], words[1]);
  const auto first = text.find_first_of("NSEWnsew");
  if (first == text.npos) return std::nullopt;
  const auto second = text.find_first_of("NSEWnsew", first + 1);
  if (second == text.npos || text.find_first_of("NSEWnsew", second + 1) != text.npos) return std::nullopt;
  return first == 0 ? cut(second, second) : cut(first + 1, first + 1);
}

PlaceText read_mgrs(const std::string& square) {
  int zone = 0;
  int digits = 0;
  bool north = true;
  double easting_m = 0;
  double northing_m = 0;
  GeographicLib::MGRS::Reverse(square, zone, north, easting_m, northing_m, digits);
  PlaceText read;
  double convergence_deg = 0;
  double scale = 1;
  GeographicLib::UTMUPS::Reverse(zone, north, easting_m, northing_m, read.place.lat_deg, read.place.lon_deg,
                                 convergence_deg, scale);
  const double grid_side_m = std::pow(10.0, 5 - digits);
  read.accuracy_m = grid_side_m * std::numbers::sqrt2 / 2 / scale;
  return read;
}

PlaceText read_utm(std::string zone_text, const std::string& easting, const std::string& northing) {
  const char band = upper(zone_text.back());
  if (band != 'N' && band != 'S') zone_text.back() = band > 'N' ? 'n' : 's';
  int zone = 0;
  bool north = true;
  GeographicLib::UTMUPS::DecodeZone(zone_text, zone, north);
  const auto northing_m = GeographicLib::Utility::val<double>(northing);
  PlaceText read;
  GeographicLib::UTMUPS::Reverse(zone, north, GeographicLib::Utility::val<double>(easting), northing_m,
                                 read.place.lat_deg, read.place.lon_deg);
  // Northings of the band S, 32 to 40 degrees north, are also good ones of the southern hemisphere.
  if (band == 'S' && northing_m > 3.5e6 && northing_m < 4.5e6) {
    read.warning = "`s` was read as the southern hemisphere; write `n` if the latitude band S was meant";
  }
  return read;
}

/// GeographicLib 2.1.2 writes beyond an array where a colon follows the third number of an angle.
bool is_safe_angle(std::string_view half) {
  if (!half.contains(':')) return true;
  return std::ranges::count(half, ':') <= 2 && half.find_first_not_of("0123456789.:+-NSEWnsew") == half.npos;
}

std::expected<PlaceText, std::string> read_angles(std::string_view text) {
  const auto halves = halves_of(text);
  if (!halves || !is_safe_angle(halves->first) || !is_safe_angle(halves->second)) {
    return std::unexpected(fmt::format("not a position; {}", expected_forms));
  }
  PlaceText read;
  try {
    GeographicLib::DMS::DecodeLatLon(halves->first, halves->second, read.place.lat_deg, read.place.lon_deg);
  } catch (const std::exception& fault) {
    // The only swap that can be certain: the first number is no latitude, but the two fit the other way round.
    double lon_deg = 0;
    double lat_deg = 0;
    try {
      GeographicLib::DMS::DecodeLatLon(halves->first, halves->second, lat_deg, lon_deg, true);
    } catch (const std::exception&) {
      return std::unexpected(fmt::format("{}; {}", fault.what(), expected_forms));
    }
    read.place = {lat_deg, lon_deg};
  }
  return read;
}

}  // namespace

std::expected<PlaceText, std::string> read_position_text(std::string_view text) {
  static const std::regex mgrs("([0-9]{1,2}[C-HJ-NP-X]|[ABYZ])[A-HJ-NP-Z]{2}[0-9]*", std::regex::icase);
  static const std::regex zone("[0-9]{1,2}[C-HJ-NP-X]", std::regex::icase);
  if (text.size() > max_text_bytes) return std::unexpected("longer than 200 bytes");
  const auto words = words_of(text);
  std::string joined;
  for (const auto& word : words) joined += word;
  try {
    if (std::regex_match(joined, zone)) return std::unexpected("a grid zone alone is no position");
    if (std::regex_match(joined, mgrs)) return read_mgrs(joined);
    if (words.size() == 3 && std::regex_match(words[0], zone)) return read_utm(words[0], words[1], words[2]);
  } catch (const GeographicLib::GeographicErr& fault) {
    return std::unexpected(fmt::format("{}; {}", fault.what(), expected_forms));
  }
  return read_angles(text);
}

}  // namespace kordon::evaluation
