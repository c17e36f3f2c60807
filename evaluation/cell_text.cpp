#include "evaluation/cell_text.hpp"

#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>

#include "text/ascii.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

/// A box by its south-west corner and its sides in degrees.
struct Cell {
  double lat_deg = -90;
  double lon_deg = -180;
  double height_deg = 180;
  double width_deg = 360;
};

Reading centre_of(const Cell& cell, std::string read_as) {
  const geo::LonLat centre{cell.lon_deg + cell.width_deg / 2, cell.lat_deg + cell.height_deg / 2};
  double farthest_m = 0;
  for (const double corner_deg : {cell.lat_deg, cell.lat_deg + cell.height_deg}) {
    double distance_m = 0;
    GeographicLib::Geodesic::WGS84().Inverse(centre.lat_deg, centre.lon_deg, corner_deg, cell.lon_deg, distance_m);
    farthest_m = std::max(farthest_m, distance_m);
  }
  return {centre, farthest_m, std::move(read_as)};
}

constexpr std::string_view code_digits = "23456789CFGHJMPQRVWX";
constexpr std::size_t separator_place = 8;
constexpr std::size_t pair_digits = 10;
constexpr std::size_t max_code_digits = 15;

/// Pairs of digits, latitude first, each a twentieth of the cell before; then single digits of 5 rows and 4 columns.
Cell cell_of(std::string_view digits) {
  Cell cell{-90, -180, 400, 400};
  for (std::size_t i = 0; i < std::min(digits.size(), pair_digits); i += 2) {
    cell.height_deg /= 20;
    cell.width_deg /= 20;
    cell.lat_deg += cell.height_deg * static_cast<double>(code_digits.find(digits[i]));
    cell.lon_deg += cell.width_deg * static_cast<double>(code_digits.find(digits[i + 1]));
  }
  for (std::size_t i = pair_digits; i < digits.size(); ++i) {
    const auto digit = code_digits.find(digits[i]);
    cell.height_deg /= 5;
    cell.width_deg /= 4;
    cell.lat_deg += cell.height_deg * static_cast<double>(digit / 4);
    cell.lon_deg += cell.width_deg * static_cast<double>(digit % 4);
  }
  return cell;
}

constexpr std::string_view hash_digits = "0123456789bcdefghjkmnpqrstuvwxyz";

Cell cell_of_hash(std::string_view hash) {
  Cell cell;
  bool lon = true;
  for (const char c : hash) {
    const auto value = hash_digits.find(text::lower(c));
    for (int bit = 4; bit >= 0; --bit, lon = !lon) {
      double& side_deg = lon ? cell.width_deg : cell.height_deg;
      side_deg /= 2;
      if ((value >> static_cast<unsigned>(bit) & 1U) != 0) (lon ? cell.lon_deg : cell.lat_deg) += side_deg;
    }
  }
  return cell;
}

bool is_hash(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return hash_digits.find(text::lower(c)) != hash_digits.npos; });
}

bool looks_like_hash(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const bool small = std::ranges::all_of(text, [&](char c) { return is_digit(c) || is_small(c); });
  return text.size() >= 5 && small && std::ranges::any_of(text, is_digit) && std::ranges::any_of(text, is_small);
}

}  // namespace

std::optional<std::expected<Reading, std::string>> read_plus_code(std::string_view text) {
  const auto plus = text.find('+');
  if (plus == text.npos || plus > separator_place || plus < 2 || text.find('+', plus + 1) != text.npos)
    return std::nullopt;
  std::string digits(text);
  digits.erase(plus, 1);
  std::ranges::transform(digits, digits.begin(), text::upper);
  const auto padding = digits.find('0');
  if (padding != digits.npos) {
    if (digits.find_first_not_of('0', padding) != digits.npos || padding % 2 != 0 || padding == 0) return std::nullopt;
    digits.resize(padding);
  }
  if (digits.size() < 2 || digits.find_first_not_of(code_digits) != digits.npos) return std::nullopt;
  if (plus < separator_place) {
    return Failed(
        "a short plus code needs a place to start from; write the full code, with eight characters before `+`");
  }
  if (digits.size() == separator_place + 1) return Failed("a plus code has two or more characters behind `+`, or none");
  digits.resize(std::min(digits.size(), max_code_digits));
  const Cell cell = cell_of(digits);
  if (cell.lat_deg >= 90 || cell.lon_deg >= 180) return Failed("the plus code lies beyond the poles or 180 degrees");
  return centre_of(cell, fmt::format("plus code of {} characters, centre of its cell", digits.size()));
}

std::optional<std::expected<Reading, std::string>> read_geohash(std::string_view text) {
  constexpr std::string_view prefix = "geohash:";
  const bool named =
      text.size() > prefix.size() && std::ranges::equal(text.substr(0, prefix.size()), prefix, {}, text::lower);
  if (named) text.remove_prefix(prefix.size());
  if (named && text.starts_with(' ')) text.remove_prefix(1);
  if (text.empty() || text.size() > 12 || !is_hash(text)) {
    if (named) return Failed("expected a geohash of 1 to 12 characters behind `geohash:`");
    return std::nullopt;
  }
  if (!named && !looks_like_hash(text)) return std::nullopt;
  return centre_of(cell_of_hash(text), fmt::format("geohash of {} characters, centre of its cell", text.size()));
}

}  // namespace kordon::evaluation
