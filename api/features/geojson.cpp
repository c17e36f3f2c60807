#include "api/features/geojson.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>

namespace kordon::api::features {
namespace {

constexpr int most_decimals = 7;

/// Writes degrees by way of whole numbers, which is several times faster than as floating point.
class CoordinateWriter {
 public:
  CoordinateWriter(std::string& out, int decimals)
      : out_(out), decimals_(decimals), scale_(std::pow(10.0, decimals)), unit_(std::llround(scale_)) {}

  void degrees(double value) {
    auto scaled = std::llround(value * scale_);
    if (scaled < 0) out_ += '-';
    scaled = std::abs(scaled);
    integer(scaled / unit_);
    auto fraction = scaled % unit_;
    if (fraction == 0) return;
    auto digits = decimals_;
    for (; fraction % 10 == 0; fraction /= 10) --digits;
    std::array<char, most_decimals + 1> text{'.'};
    for (int i = digits; i > 0; --i, fraction /= 10)
      text[static_cast<std::size_t>(i)] = static_cast<char>('0' + fraction % 10);
    out_.append(text.data(), static_cast<std::size_t>(digits) + 1);
  }

  void line(const geo::Line& line) {
    const char* separator = "[[";
    for (const auto place : line) {
      out_ += separator;
      degrees(place.lon_deg);
      out_ += ',';
      degrees(place.lat_deg);
      separator = "],[";
    }
    out_ += "]]";
  }

  void lines(const Lines& lines) {
    char separator = '[';
    for (const auto& one : lines) {
      out_ += separator;
      line(one);
      separator = ',';
    }
    out_ += ']';
  }

 private:
  void integer(long long value) {
    std::array<char, 24> digits;
    out_.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
  }

  std::string& out_;
  int decimals_;
  double scale_;
  long long unit_;
};

void append(std::string& out, const cartography::Polygons& polygons, int decimals) {
  if (polygons.empty()) {
    out += "null";
    return;
  }
  const bool single = polygons.size() == 1;
  CoordinateWriter writer(out, decimals);
  out += single ? R"({"type":"Polygon","coordinates":)" : R"({"type":"MultiPolygon","coordinates":)";
  char separator = '[';
  for (const auto& polygon : polygons) {
    if (!single) out += separator;
    writer.lines(polygon);
    separator = ',';
  }
  out += single ? "}" : "]}";
}

void append(std::string& out, const Lines& lines, int decimals) {
  if (lines.empty()) {
    out += "null";
    return;
  }
  const bool single = lines.size() == 1;
  CoordinateWriter writer(out, decimals);
  out += single ? R"({"type":"LineString","coordinates":)" : R"({"type":"MultiLineString","coordinates":)";
  single ? writer.line(lines.front()) : writer.lines(lines);
  out += '}';
}

bool any_touches(const cartography::Polygons& polygons, const cartography::Box& box) {
  return cartography::touches(polygons, box);
}

bool any_touches(const Lines& lines, const cartography::Box& box) {
  return std::ranges::any_of(lines, [&](const geo::Line& line) { return cartography::touches(line, box); });
}

}  // namespace

bool touches(const Geometry& geometry, const cartography::Box& box) {
  return std::visit([&](const auto& shape) { return any_touches(*shape, box); }, geometry);
}

Geometry clipped(const Geometry& geometry, std::span<const cartography::Box> boxes) {
  const auto* const whole = std::get_if<std::shared_ptr<const cartography::Polygons>>(&geometry);
  if (!whole) return geometry;
  cartography::Polygons rest;
  for (const auto& box : boxes) {
    auto part = cartography::clipped(**whole, box);
    rest.insert(rest.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  return std::make_shared<const cartography::Polygons>(std::move(rest));
}

int coordinate_decimals(double max_offset_deg) {
  if (max_offset_deg <= 0) return most_decimals;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(max_offset_deg))) + 2, 2, most_decimals);
}

void append_geometry(std::string& out, const Geometry& geometry, int decimals) {
  std::visit([&](const auto& shape) { append(out, *shape, decimals); }, geometry);
}

}  // namespace kordon::api::features
