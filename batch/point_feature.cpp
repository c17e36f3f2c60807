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

/// Of `[[36.6, 50.6]]` the only point; empty: there is none, or there are several.
std::string_view only_one_of(std::string_view list) {
  if (list.size() < 2 || list.front() != '[') return {};
  list = text::trimmed(list.substr(1, list.size() - 2));
  const bool one = list.starts_with('[') && list.find('[', 1) == list.npos && list.ends_with(']');
  return one ? list : std::string_view();
}

}  // namespace

std::optional<evaluation::FieldError> read_point(const JsonMember* geometry, JsonScanner& scanner,
                                                 PointFeature& feature) {
  if (geometry == nullptr)
    return evaluation::FieldError{"geometry", evaluation::Code::bad_geometry,
                                  "expected a Point, a line or an area, got none"};
  std::vector<JsonMember> members;
  if (scanner.scan(geometry->text, members)) {
    return evaluation::FieldError{"geometry", evaluation::Code::bad_geometry, "expected an object"};
  }
  const auto* type = find(members, "type");
  const bool many = type != nullptr && type->string == "MultiPoint";
  const auto* coordinates = find(members, "coordinates");
  auto list = coordinates ? coordinates->text : std::string_view();
  if (many) list = only_one_of(list);
  if (type == nullptr || (!many && type->string != "Point") || (many && list.empty())) {
    return evaluation::FieldError{
        "geometry", evaluation::Code::bad_geometry,
        fmt::format("expected a Point, a line or an area, got {}{}", type ? type->text.substr(0, 40) : "no type",
                    many ? " of several points, or of none" : "")};
  }
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

PointFeature read_point_feature(const std::vector<JsonMember>& members, std::string_view stated_crs,
                                JsonScanner& scanner) {
  PointFeature feature;
  const auto* type = find(members, "type");
  feature.is_feature = type != nullptr && type->string == "Feature";
  if (!feature.is_feature) {
    feature.error = evaluation::FieldError{"type", evaluation::Code::wrong_type, "expected a GeoJSON Feature"};
    return feature;
  }
  feature.id = find(members, "id");
  const auto* properties = find(members, "properties");
  if (properties != nullptr && properties->text.starts_with('{')) feature.properties = properties;
  const auto* crs = find(members, "crs");
  if (const auto other = crs == nullptr ? std::nullopt : other_crs(crs->text, stated_crs)) {
    feature.error = crs_error(*other);
    return feature;
  }
  const auto* geometry = find(members, "geometry");
  feature.error = read_point(geometry, scanner, feature);
  if (stated_crs.empty()) feature.geometry = geometry;
  return feature;
}

}  // namespace kordon::batch
