#include "batch/nested_place.hpp"

#include <algorithm>
#include <array>

#include "batch/column_name.hpp"
#include "batch/point_feature.hpp"

namespace kordon::batch {
namespace {

constexpr auto names = std::to_array<std::string_view>({"location", "geometry", "geo", "point", "coords", "position"});

JsonMember number_of(std::string_view text, double value) {
  return {.name = {}, .text = text, .kind = JsonKind::number, .number = value, .string = {}};
}

}  // namespace

std::optional<NestedPlace::Place> NestedPlace::place_in(std::string_view name, std::string_view object,
                                                        const RowKeys& keys) {
  const JsonMember whole{.name = {}, .text = object, .kind = JsonKind::composite, .number = 0, .string = {}};
  PointFeature point;
  if (!read_point(&whole, scanner_, point)) {
    return Place{number_of(point.lon_text, point.lon_deg), number_of(point.lat_text, point.lat_deg), {}};
  }
  if (scanner_.scan(object, inner_)) return std::nullopt;
  const JsonMember* lon = nullptr;
  const JsonMember* lat = nullptr;
  const JsonMember* accuracy_m = nullptr;
  for (const auto& inner : inner_) {
    const auto* key = keys.find(inner.name);
    const auto role = key == nullptr || key->is_planar() ? Role::other : key->role;
    if (role == Role::lon) lon = &inner;
    if (role == Role::lat) lat = &inner;
    if (is_accuracy_of_place(name, inner.name)) accuracy_m = &inner;
  }
  if (lon == nullptr || lat == nullptr) return std::nullopt;
  return Place{*lon, *lat, accuracy_m == nullptr ? std::nullopt : std::optional(*accuracy_m)};
}

const NestedPlace::Place* NestedPlace::find(std::string_view row, const std::vector<JsonMember>& members,
                                            const RowKeys& keys) {
  const auto type = std::ranges::find(members, "type", &JsonMember::name);
  if (type != members.end() && (type->string == "Point" || type->string == "MultiPoint")) {
    found_ = place_in({}, row, keys);
    return found_ ? &*found_ : nullptr;
  }
  const JsonMember* only = nullptr;
  for (const auto& member : members) {
    if (!may_hold_place(member) || !place_in(member.name, member.text, keys)) continue;
    if (only != nullptr) return nullptr;
    only = &member;
  }
  if (only == nullptr) return nullptr;
  found_ = place_in(only->name, only->text, keys);  // again: texts live until the scanner's next one
  return &*found_;
}

bool may_hold_place(const JsonMember& member) {
  const bool is_object = member.kind == JsonKind::composite && member.text.starts_with('{');
  return is_object && std::ranges::find(names, member.name) != names.end();
}

bool is_accuracy_of_place(std::string_view object, std::string_view name) {
  return read_column_name(name).means == NameMeans::accuracy_m || (object == "coords" && name == "accuracy");
}

std::optional<evaluation::FieldError> array_as_place(const std::vector<JsonMember>& members) {
  for (const auto& member : members) {
    const bool is_array = member.kind == JsonKind::composite && member.text.starts_with('[');
    const bool is_named = std::ranges::find(names, member.name) != names.end() ||
                          read_column_name(member.name).means == NameMeans::position;
    if (!is_array || !is_named) continue;
    return evaluation::FieldError{
        std::string(member.name), evaluation::Code::wrong_type,
        "an array does not say which number is the longitude; write `lon` and `lat`, or a GeoJSON Point: "
        "{\"type\":\"Point\",\"coordinates\":[longitude,latitude]}"};
  }
  return std::nullopt;
}

}  // namespace kordon::batch
