#include "batch/row_keys.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "text/ascii.hpp"

namespace kordon::batch {
namespace {

struct UsualName {
  std::string_view name;
  std::size_t rank = 0;
};

constexpr auto usual_lon = std::to_array<UsualName>(
    {{"lon", 0}, {"lng", 1}, {"long", 2}, {"longitude", 3}, {"decimalLongitude", 4}, {"x", RowKey::planar_rank}});
constexpr auto usual_lat =
    std::to_array<UsualName>({{"lat", 0}, {"latitude", 3}, {"decimalLatitude", 4}, {"y", RowKey::planar_rank}});
constexpr auto usual_position =
    std::to_array<UsualName>({{"position"}, {"h3", 1}, {"h3_cell", 2}, {"h3_index", 3}, {"h3_id", 4}, {"hex_id", 5}});
constexpr auto usual_accuracy = std::to_array<UsualName>({{"accuracy_m", 0}, {"coordinateUncertaintyInMeters", 1}});
constexpr auto usual_at = std::to_array<UsualName>({{"at"}});
constexpr auto usual_id = std::to_array<UsualName>({{"id"}});

}  // namespace

RowKeys::RowKeys(const world::World& world, const ColumnNames& names) {
  const auto add = [&](const std::string& stated, std::span<const UsualName> usual, std::string_view key, Role role) {
    if (!stated.empty()) keys_.push_back({stated, std::string(key), role, 0});
    if (!stated.empty()) return;
    for (const auto& [name, rank] : usual) keys_.push_back({std::string(name), std::string(key), role, rank});
  };
  add(names.lon, usual_lon, "lon", Role::lon);
  add(names.lat, usual_lat, "lat", Role::lat);
  add(names.position, usual_position, "position", Role::position);
  add(names.accuracy_m, usual_accuracy, "accuracy_m", Role::accuracy_m);
  add(names.at, usual_at, "at", Role::at);
  add(names.id, usual_id, "id", Role::id);
  keys_.push_back({"crs", "crs", Role::crs, 0});
  keys_.push_back({"x", "x", Role::x, 0});
  keys_.push_back({"y", "y", Role::y, 0});
  for (const auto* key : {"activity", "policy"}) keys_.push_back({key, key, Role::query, 0});
  for (const auto& policy : world.policies) {
    for (const auto& parameter : policy.parameters) {
      if (!find(parameter.id)) keys_.push_back({parameter.id, parameter.id, Role::query, 0});
    }
  }
  keys_.push_back({"parameters", "parameters", Role::parameters, 0});
  for (const auto name : answer_names) keys_.push_back({std::string(name), std::string(name), Role::answer, 0});
}

const RowKey* RowKeys::find(std::string_view name) const {
  const auto found = std::ranges::find(keys_, name, &RowKey::name);
  return found == keys_.end() ? nullptr : &*found;
}

const RowKey* RowKeys::of(Role role) const {
  const auto found = std::ranges::find(keys_, role, &RowKey::role);
  return found == keys_.end() ? nullptr : &*found;
}

const RowKey* RowKeys::find_in_any_case(std::string_view name) const {
  const auto found =
      std::ranges::find_if(keys_, [&](const RowKey& key) { return text::equal_in_any_case(key.name, name); });
  return found == keys_.end() ? nullptr : &*found;
}

}  // namespace kordon::batch
