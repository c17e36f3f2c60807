#include "batch/point_feature.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/geojson_crs.hpp"
#include "text/ascii.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

const JsonMember* find(const std::vector<JsonMember>& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &JsonMember::name);
  return found == members.end() || found->kind == JsonKind::null ? nullptr : &*found;
}

/// Takes the number before the next comma off the front of a list.
std::optional<double> take_number(std::string_view& list, std::string_view& text) {
  const auto comma = std::min(list.find(','), list.size());
  text = text::trimmed(list.substr(0, comma));
  list.remove_prefix(std::min(comma + 1, list.size()));
  return text::read_number(text);
}

std::optional<evaluation::FieldError> read_point(const JsonMember* geometry, JsonScanner& scanner,
                                                 PointFeature& feature) {
  if (geometry == nullptr)
    return evaluation::FieldError{"geometry", evaluation::Code::bad_geometry, "expected a Point, got none"};
  std::vector<JsonMember> members;
  if (scanner.scan(geometry->text, members)) {
    return evaluation::FieldError{"geometry", evaluation::Code::bad_geometry, "expected an object"};
  }
  const auto* type = find(members, "type");
  if (type == nullptr || type->string != "Point") {
    return evaluation::FieldError{"geometry", evaluation::Code::bad_geometry,
                                  fmt::format("expected a Point, got {}", type ? type->text.substr(0, 40) : "no type")};
  }
  const auto* coordinates = find(members, "coordinates");
  auto list = coordinates ? coordinates->text : std::string_view();
  if (list.size() < 2 || list.front() != '[') list = "[]";
  list = list.substr(1, list.size() - 2);
  const auto lon_deg = take_number(list, feature.lon_text);
  const auto lat_deg = take_number(list, feature.lat_text);
  if (!lon_deg || !lat_deg) {
    return evaluation::FieldError{"geometry.coordinates", evaluation::Code::bad_geometry,
                                  "expected two finite numbers: longitude, latitude"};
  }
  feature.lon_deg = *lon_deg;
  feature.lat_deg = *lat_deg;
  return std::nullopt;
}

}  // namespace

PointFeature read_point_feature(const std::vector<JsonMember>& members, JsonScanner& scanner) {
  PointFeature feature;
  const auto* type = find(members, "type");
  feature.is_feature = type != nullptr && type->string == "Feature";
  if (!feature.is_feature) {
    feature.fault = evaluation::FieldError{"type", evaluation::Code::wrong_type, "expected a GeoJSON Feature"};
    return feature;
  }
  feature.id = find(members, "id");
  const auto* properties = find(members, "properties");
  if (properties != nullptr && properties->text.starts_with('{')) feature.properties = properties;
  const auto* crs = find(members, "crs");
  if (const auto other = crs == nullptr ? std::nullopt : other_crs(crs->text)) {
    feature.fault = crs_error(*other);
    return feature;
  }
  feature.geometry = find(members, "geometry");
  feature.fault = read_point(feature.geometry, scanner, feature);
  return feature;
}

}  // namespace kordon::batch
