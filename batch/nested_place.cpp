#include "batch/nested_place.hpp"

#include <algorithm>

#include "batch/point_feature.hpp"

namespace kordon::batch {
namespace {

constexpr auto names = std::to_array<std::string_view>({"location", "geometry", "geo", "point", "coords", "position"});

JsonMember number_of(std::string_view text, double value) {
  return {.name = {}, .text = text, .kind = JsonKind::number, .number = value, .string = {}};
}

}  // namespace

std::optional<std::array<JsonMember, 2>> NestedPlace::pair_in(const JsonMember& member, const RowKeys& keys) {
  if (member.kind != JsonKind::composite || !member.text.starts_with('{')) return std::nullopt;
  PointFeature point;
  if (!read_point(&member, scanner_, point)) {
    return std::array{number_of(point.lon_text, point.lon_deg), number_of(point.lat_text, point.lat_deg)};
  }
  if (scanner_.scan(member.text, inner_)) return std::nullopt;
  const JsonMember* lon = nullptr;
  const JsonMember* lat = nullptr;
  for (const auto& inner : inner_) {
    const auto* key = keys.find(inner.name);
    if (key == nullptr || key->is_planar()) continue;
    if (key->role == Role::lon) lon = &inner;
    if (key->role == Role::lat) lat = &inner;
  }
  return lon == nullptr || lat == nullptr ? std::nullopt : std::optional(std::array{*lon, *lat});
}

std::optional<NestedPlace::Pair> NestedPlace::find(const std::vector<JsonMember>& members, const RowKeys& keys) {
  const JsonMember* only = nullptr;
  for (const auto& member : members) {
    if (std::ranges::find(names, member.name) == names.end() || !pair_in(member, keys)) continue;
    if (only != nullptr) return std::nullopt;
    only = &member;
  }
  if (only == nullptr) return std::nullopt;
  found_ = *pair_in(*only, keys);  // again: texts live until the scanner's next one
  return Pair{&found_[0], &found_[1]};
}

}  // namespace kordon::batch
