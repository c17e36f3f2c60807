#include "batch/row_keys.hpp"

#include <algorithm>
#include <cctype>

namespace kordon::batch {
namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

}  // namespace

bool same_in_any_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

RowKeys::RowKeys(const world::World& world, const ColumnNames& names) {
  const auto add = [&](const std::vector<std::string>& list, std::string_view key, Role role) {
    for (std::size_t rank = 0; rank < list.size(); ++rank) {
      keys_.push_back({list[rank], std::string(key), role, rank});
    }
  };
  add(names.lon, "lon", Role::lon);
  add(names.lat, "lat", Role::lat);
  add(names.position, "position", Role::position);
  add(names.accuracy_m, "accuracy_m", Role::accuracy_m);
  add(names.at, "at", Role::at);
  add(names.id, "id", Role::id);
  for (const auto* key : {"activity", "policy"}) keys_.push_back({key, key, Role::terms, 0});
  for (const auto& policy : world.policies) {
    for (const auto& parameter : policy.parameters) {
      if (!find(parameter.id)) keys_.push_back({parameter.id, parameter.id, Role::terms, 0});
    }
  }
  keys_.push_back({"parameters", "parameters", Role::parameters, 0});
  for (const auto name : answer_names) keys_.push_back({std::string(name), std::string(name), Role::answer, 0});
}

const RowKey* RowKeys::find(std::string_view name) const {
  const auto found = std::ranges::find(keys_, name, &RowKey::name);
  return found == keys_.end() ? nullptr : &*found;
}

const RowKey* RowKeys::find_in_any_case(std::string_view name) const {
  const auto found = std::ranges::find_if(keys_, [&](const RowKey& key) { return same_in_any_case(key.name, name); });
  return found == keys_.end() ? nullptr : &*found;
}

}  // namespace kordon::batch
