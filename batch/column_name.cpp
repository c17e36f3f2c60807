#include "batch/column_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "text/ascii.hpp"

namespace kordon::batch {
namespace {

struct Entry {
  std::string_view name;
  NameMeans means;
};

// Without blanks and signs, in lower case. Those of the first part may have a prefix that names the pair.
constexpr auto degrees = std::to_array<Entry>({
    {"longitude", NameMeans::lon},
    {"latitude", NameMeans::lat},
    {"lon", NameMeans::lon},
    {"lat", NameMeans::lat},
    {"lng", NameMeans::lon},
    {"long", NameMeans::lon},
    {"довгота", NameMeans::lon},
    {"широта", NameMeans::lat},
    {"долгота", NameMeans::lon},
});
constexpr auto others = std::to_array<Entry>({
    {"x", NameMeans::x},
    {"y", NameMeans::y},
    {"easting", NameMeans::easting},
    {"northing", NameMeans::northing},
    {"decimallongitude", NameMeans::lon},
    {"decimallatitude", NameMeans::lat},
    {"position", NameMeans::position},
    {"mgrs", NameMeans::position},
    {"wkt", NameMeans::position},
    {"h3", NameMeans::position},
    {"h3cell", NameMeans::position},
    {"h3index", NameMeans::position},
    {"h3id", NameMeans::position},
    {"hexid", NameMeans::position},
    {"hex", NameMeans::like_position},
    {"cellid", NameMeans::like_position},
    {"cell", NameMeans::like_position},
    {"gridref", NameMeans::like_position},
    {"gridreference", NameMeans::like_position},
    {"what3words", NameMeans::like_position},
    {"w3w", NameMeans::like_position},
    {"mgrs1m", NameMeans::position},
    {"mgrs10m", NameMeans::position},
    {"mgrs100m", NameMeans::position},
    {"mgrs1km", NameMeans::position},
    {"mgrs1000m", NameMeans::position},
    {"mgrs10km", NameMeans::position},
    {"usng", NameMeans::position},
    {"utm", NameMeans::position},
    {"geohash", NameMeans::position},
    {"olc", NameMeans::position},
    {"pluscode", NameMeans::position},
    {"openlocationcode", NameMeans::position},
    {"coordinates", NameMeans::position},
    {"coordinate", NameMeans::position},
    {"coords", NameMeans::position},
    {"latlon", NameMeans::position},
    {"latlng", NameMeans::position},
    {"геолокація", NameMeans::position},
    {"координати", NameMeans::position},
    {"координаты", NameMeans::position},
    {"accuracym", NameMeans::accuracy_m},
    {"coordinateuncertaintyinmeters", NameMeans::accuracy_m},
    {"gpsprecision", NameMeans::accuracy_m},
    {"accuracy", NameMeans::like_accuracy},
    {"horizontalaccuracy", NameMeans::like_accuracy},
    {"gpsaccuracy", NameMeans::like_accuracy},
    {"hacc", NameMeans::like_accuracy},
    {"hdop", NameMeans::like_accuracy},
    {"precision", NameMeans::like_accuracy},
    {"geoprecision", NameMeans::like_accuracy},
    {"uncertainty", NameMeans::like_accuracy},
    {"at", NameMeans::at},
    {"time", NameMeans::like_time},
    {"timestamp", NameMeans::like_time},
    {"datetime", NameMeans::like_time},
    {"date", NameMeans::like_time},
    {"eventdate", NameMeans::like_time},
    {"eventtime", NameMeans::like_time},
    {"acqdate", NameMeans::like_time},
    {"observedat", NameMeans::like_time},
    {"recordedat", NameMeans::like_time},
    {"createdat", NameMeans::like_time},
    {"час", NameMeans::like_time},
    {"дата", NameMeans::like_time},
    {"время", NameMeans::like_time},
});

// Behind the name of an angle: its unit, or its reference system.
constexpr auto endings = std::to_array<std::string_view>(
    {"deg", "degree", "degrees", "dd", "decimal", "decimal degrees", "dms", "wgs84", "wgs 84", "4326", "epsg4326"});
constexpr auto part_endings = std::to_array<std::string_view>({"min", "minute", "minutes", "sec", "second", "seconds"});

constexpr int finest_resolution = 15;  // of H3

bool is_joint(char c) { return c == ' ' || c == '_' || c == '-' || c == '.' || c == '/'; }

/// ASCII and Cyrillic capitals as small letters; without what stands in brackets at the end.
std::string lower(std::string_view name) {
  if (const auto bracket = name.find_first_of("(["); bracket != name.npos && bracket > 0)
    name = name.substr(0, bracket);
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    const auto next = i + 1 < name.size() ? static_cast<unsigned char>(name[i + 1]) : 0U;
    if (byte == 0xD0 && next >= 0x90 && next <= 0x9F) {
      out += name[i++];
      out += static_cast<char>(next + 0x20);
    } else if (byte == 0xD0 && next >= 0xA0 && next <= 0xAF) {
      out += '\xD1';
      out += static_cast<char>(next - 0x20);
      ++i;
    } else {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : name[i];
    }
  }
  while (!out.empty() && is_joint(out.back())) out.pop_back();
  return out;
}

std::string squeezed(std::string_view text) {
  std::string out(text);
  std::erase_if(out, is_joint);
  return out;
}

/// `start_latitude`: a latitude of the pair `start_`.
NamedColumn read_degrees_name(std::string_view small) {
  for (const auto& [ending, means] : degrees) {
    if (squeezed(small) == ending) return {means, {}};
    const auto begin = small.size() - std::min(small.size(), ending.size());
    if (begin > 0 && small.ends_with(ending) && is_joint(small[begin - 1])) {
      return {means, std::string(small.substr(0, begin))};
    }
  }
  return {};
}

/// The name without this ending and the joints before it; nothing: it does not end so.
std::optional<std::string> without_ending(std::string_view small, std::string_view ending) {
  std::string spaced(small);
  std::ranges::replace_if(spaced, is_joint, ' ');
  if (spaced.size() <= ending.size() + 1 || !spaced.ends_with(ending)) return std::nullopt;
  auto rest = small.substr(0, small.size() - ending.size());
  if (!is_joint(rest.back())) return std::nullopt;
  while (!rest.empty() && is_joint(rest.back())) rest.remove_suffix(1);
  return std::string(rest);
}

/// `lat_wgs84`, `start_lat_deg`, `lon_min`.
NamedColumn read_with_ending(std::string_view small) {
  for (const auto ending : endings) {
    const auto rest = without_ending(small, ending);
    auto column = rest ? read_degrees_name(*rest) : NamedColumn();
    if (column.means == NameMeans::nothing) continue;
    (column.prefix += ' ') += squeezed(ending);
    return column;
  }
  for (const auto ending : part_endings) {
    const auto rest = without_ending(small, ending);
    if (rest && read_degrees_name(*rest).means != NameMeans::nothing) return {NameMeans::angle_part, {}};
  }
  return {};
}

/// Of `location.accuracy` or `device/time` what the last part looks like.
NamedColumn read_path(std::string_view name) {
  const auto joint = name.find_last_of("./");
  if (joint == name.npos) return {};
  const auto found = std::ranges::find(others, squeezed(lower(name.substr(joint + 1))), &Entry::name);
  if (found == others.end()) return {};
  const auto means = found->means;
  if (means == NameMeans::accuracy_m || means == NameMeans::like_accuracy) return {NameMeans::like_accuracy, {}};
  if (means == NameMeans::at || means == NameMeans::like_time) return {NameMeans::like_time, {}};
  return {};
}

/// `h3_9`, `h3_res9`, `h3_index_9`; -1: it is no such name.
int resolution_of(std::string_view small) {
  if (!small.starts_with("h3")) return -1;
  std::string words(small.substr(2));
  const bool is_apart = !words.empty() && is_joint(words.front());
  words = squeezed(words);
  std::string_view rest = words;
  for (const std::string_view word : {"index", "cell", "id", "resolution", "res", "level", "r"}) {
    if (rest.starts_with(word)) rest.remove_prefix(word.size());
  }
  int resolution = 0;
  const auto [end, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), resolution);
  const bool is_whole = fault == std::errc() && end == rest.data() + rest.size() && rest.size() <= 2;
  if (!is_whole || resolution < 0 || resolution > finest_resolution) return -1;
  return is_apart || rest.size() < words.size() ? resolution : -1;
}

}  // namespace

NamedColumn read_column_name(std::string_view name) {
  const std::string small = lower(name);
  const std::string whole = squeezed(small);
  for (const auto& list : {std::span<const Entry>(degrees), std::span<const Entry>(others)}) {
    const auto found = std::ranges::find(list, whole, &Entry::name);
    if (found != list.end()) return {found->means, {}};
  }
  if (auto column = read_degrees_name(small); column.means != NameMeans::nothing) return column;
  if (auto column = read_with_ending(small); column.means != NameMeans::nothing) return column;
  if (const int resolution = resolution_of(small); resolution >= 0) return {NameMeans::position, {}, resolution};
  if (const auto like = read_path(name); like.means != NameMeans::nothing) return like;
  constexpr std::string_view precision = "precision";
  if (small.size() > precision.size() && small.ends_with(precision)) {
    return {NameMeans::like_accuracy, small.substr(0, small.size() - precision.size())};
  }
  return {};
}

std::string_view notation_prefix(std::string_view name) { return plain_name(name) == "geohash" ? "geohash:" : ""; }

std::string with_notation(std::string_view text, std::string_view prefix) {
  const auto begin = std::min(text.find_first_not_of(' '), text.size());
  const bool is_there = text::equal_in_any_case(text.substr(begin, prefix.size()), prefix);
  return is_there ? std::string(text) : std::string(prefix).append(text.substr(begin));
}

bool is_same_name(std::string_view a, std::string_view b) { return a == b || lower(a) == lower(b); }

std::string plain_name(std::string_view name) { return squeezed(lower(name)); }

}  // namespace kordon::batch
