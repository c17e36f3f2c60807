#include "batch/column_name.hpp"

#include <algorithm>
#include <array>
#include <span>

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

}  // namespace

NamedColumn read_column_name(std::string_view name) {
  const std::string small = lower(name);
  const std::string whole = squeezed(small);
  for (const auto& list : {std::span<const Entry>(degrees), std::span<const Entry>(others)}) {
    const auto found = std::ranges::find(list, whole, &Entry::name);
    if (found != list.end()) return {found->means, {}};
  }
  for (const auto& [ending, means] : degrees) {
    const auto begin = small.size() - std::min(small.size(), ending.size());
    if (begin > 0 && small.ends_with(ending) && is_joint(small[begin - 1])) return {means, small.substr(0, begin)};
  }
  constexpr std::string_view precision = "precision";
  if (small.size() > precision.size() && small.ends_with(precision)) {
    return {NameMeans::like_accuracy, small.substr(0, small.size() - precision.size())};
  }
  return {};
}

bool is_same_name(std::string_view a, std::string_view b) { return a == b || lower(a) == lower(b); }

std::string plain_name(std::string_view name) { return squeezed(lower(name)); }

}  // namespace kordon::batch
