#include "evaluation/link_text.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <regex>
#include <vector>

#include "text/ascii.hpp"

namespace kordon::evaluation {
namespace {

using Failed = std::unexpected<std::string>;

constexpr auto icase = std::regex::icase | std::regex::ECMAScript;

std::expected<Reading, std::string> reading_of(double lat_deg, double lon_deg, std::string read_as) {
  if (!(std::abs(lat_deg) <= 90) || !(std::abs(lon_deg) <= 180)) {
    return Failed(fmt::format("latitude {}, longitude {} are beyond 90 and 180 degrees", lat_deg, lon_deg));
  }
  return Reading{{lon_deg, lat_deg}, 0, std::move(read_as)};
}

double number_of(const std::csub_match& match) { return std::strtod(match.str().c_str(), nullptr); }

/// Percent escapes of the characters that coordinates are parted by.
std::string unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto code = text.substr(i, 3);
    const char c = code == "%2C" || code == "%2c"   ? ','
                   : code == "%3D" || code == "%3d" ? '='
                   : code == "%20"                  ? ' '
                                                    : '\0';
    plain += c == '\0' ? text[i] : c;
    if (c != '\0') i += 2;
  }
  return plain;
}

/// A way in which addresses write a coordinate.
struct LinkForm {
  const char* pattern;
  std::string_view what;
  bool lon_first = false;
};

constexpr std::string_view number = R"(([-+]?[0-9]{1,3}(?:\.[0-9]+)?))";

/// A form that is compiled: that takes thousands of times as long as a match.
struct Pattern {
  explicit Pattern(const LinkForm& the_form) : form(the_form) {
    std::string text;
    for (const char c : std::string_view(form.pattern)) {
      if (c == '#') text += number;
      if (c != '#') text += c;
    }
    regex.assign(text, icase | std::regex::optimize);
  }

  LinkForm form;
  std::regex regex;
};
using Patterns = std::vector<Pattern>;

/// Some forms, compiled once.
template <const auto& forms>
const Patterns& compiled() {
  static const Patterns patterns(forms.begin(), forms.end());
  return patterns;
}

// Markers; `#` is a number and `\x23` the sign of a fragment.
constexpr auto markers = std::to_array<LinkForm>({
    {R"([?&]mlat=#&mlon=#)", "its marker"},
    {R"([?&]mlon=#&mlat=#)", "its marker", true},
    {R"(!3d#!4d#)", "its marker"},
    {R"([?&](?:q|query|destination|daddr)=(?:loc:)?#,[ +]?#(?=[&(\x23]|$))", "its place asked for"},
    {R"(/(?:place|search|dir)/#,[ +]?#(?=[/?@]|$))", "its place asked for"},
    {R"([?&]lat=#&(?:lon|lng)=#)", "its place"},
    {R"([?&](?:lon|lng)=#&lat=#)", "its place", true},
});

constexpr auto views = std::to_array<LinkForm>({
    {R"(\x23map=[0-9.]+/#/#)", "centre of its view"},
    {R"(/@#,#)", "centre of its view"},
    {R"([?&]cp=#~#)", "centre of its view"},
    {R"(\x23[0-9.]+/#/#)", "centre of its view"},
});

// Yandex writes longitude first where Apple and Google write latitude first.
constexpr auto latitude_first = std::to_array<LinkForm>({{R"([?&]s?ll=#,#)", "its place"}});
constexpr auto longitude_first = std::to_array<LinkForm>({
    {R"([?&]pt=#,#)", "its marker", true},
    {R"([?&]whatshere%5Bpoint%5D=#,#)", "its marker", true},
    {R"([?&]ll=#,#)", "centre of its view", true},
});

std::vector<Reading> found_by(const Patterns& patterns, const std::string& text) {
  std::vector<Reading> found;
  for (const auto& [form, regex] : patterns) {
    for (std::cregex_iterator at(text.data(), text.data() + text.size(), regex), end; at != end; ++at) {
      const double first = number_of((*at)[1]);
      const double second = number_of((*at)[2]);
      const auto read = reading_of(form.lon_first ? second : first, form.lon_first ? first : second,
                                   fmt::format("map link, {}", form.what));
      if (read) found.push_back(*read);
    }
  }
  return found;
}

}  // namespace

std::optional<std::expected<Reading, std::string>> read_geo_uri(std::string_view text) {
  static const std::regex shape(R"(geo:(?://)?([-+]?[0-9.]+),([-+]?[0-9.]+)(?:,([-+]?[0-9.]+))?((?:;[^?]*)?)(\?.*)?)",
                                icase);
  static const std::regex crs(";crs=([^;]*)", icase);
  static const std::regex wgs84("wgs84", icase);
  static const std::regex uncertainty(";u=([0-9.]+)", icase);
  if (!text::equal_in_any_case(text.substr(0, 4), "geo:")) return std::nullopt;
  const auto plain = unescaped(text);
  std::cmatch found;
  if (!std::regex_match(plain.data(), plain.data() + plain.size(), found, shape)) {
    return Failed("expected `geo:` with latitude and longitude, as in `geo:50.5956,36.5873;u=35`");
  }
  const auto parameters = found[4].str();
  std::smatch stated;
  if (std::regex_search(parameters, stated, crs) && !std::regex_match(stated[1].str(), wgs84)) {
    return Failed(fmt::format("the URI is in the coordinate reference system {}, expected wgs84", stated[1].str()));
  }
  const auto asked = found_by(compiled<markers>(), found[5].str());
  if (!asked.empty()) return Reading{asked.front().place, 0, "geo URI, the place asked for"};
  auto read =
      reading_of(number_of(found[1]), number_of(found[2]), found[3].matched ? "geo URI, altitude not used" : "geo URI");
  if (read && std::regex_search(parameters, stated, uncertainty)) {
    read->accuracy_m = std::strtod(stated[1].str().c_str(), nullptr);
    read->read_as += ", with its uncertainty";
  }
  return read;
}

std::optional<std::expected<Reading, std::string>> read_map_link(std::string_view text) {
  if (!text.starts_with("http://") && !text.starts_with("https://")) return std::nullopt;
  const auto plain = unescaped(text);
  const bool yandex = plain.find("yandex") != plain.npos;
  auto found = found_by(compiled<markers>(), plain);
  if (found.empty() && yandex) found = found_by(compiled<longitude_first>(), plain);
  if (found.empty() && !yandex) found = found_by(compiled<latitude_first>(), plain);
  if (found.empty()) found = found_by(compiled<views>(), plain);
  if (found.empty()) return Failed("the link carries no coordinate that could be found; write the position itself");
  for (const auto& other : found) {
    if (other.place == found.front().place) continue;
    return Failed(fmt::format(
        "the link carries two coordinates, latitude {} longitude {} and latitude {} longitude {}; write the one that "
        "is meant",
        found.front().place.lat_deg, found.front().place.lon_deg, other.place.lat_deg, other.place.lon_deg));
  }
  return found.front();
}

std::optional<std::expected<Reading, std::string>> read_wkt(std::string_view text) {
  static const std::regex begins(
      R"(^\s*(?:SRID\s*=\s*[0-9]+\s*;\s*)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)\b)", icase);
  static const std::regex shape(
      R"(\s*(?:SRID\s*=\s*([0-9]+)\s*;\s*)?(?:POINT\s*Z?M?\s*\(|MULTIPOINT\s*Z?M?\s*\(\s*\(?)\s*([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)\s+([-+]?[0-9.]+(?:e[-+]?[0-9]+)?)(?:\s+[-+0-9.e]+){0,2}\s*\)?\s*\)\s*)",
      icase);
  const char* const end = text.data() + text.size();
  if (!std::regex_search(text.data(), end, begins)) return std::nullopt;
  std::cmatch found;
  if (!std::regex_match(text.data(), end, found, shape))
    return Failed("expected one point, as in `POINT (36.5873 50.5956)`");
  if (found[1].matched && found[1].str() != "4326") {
    return Failed(fmt::format("the point is in SRID {}; give its coordinates as `x` and `y` with `crs=EPSG:{}`",
                              found[1].str(), found[1].str()));
  }
  return reading_of(number_of(found[3]), number_of(found[2]), "WKT point, longitude first");
}

}  // namespace kordon::evaluation
