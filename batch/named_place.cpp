#include "batch/named_place.hpp"

#include <algorithm>

namespace kordon::batch {

void NamedPlace::choose(const std::vector<JsonMember>& members, bool in_crs, FoundMembers& found) {
  if (in_crs || !stated_.lon.empty() || !stated_.lat.empty() || !stated_.position.empty()) return;
  if (members.empty()) return;
  if (!std::ranges::equal(members, names_, {}, &JsonMember::name)) {
    names_.clear();
    for (const auto& member : members) names_.emplace_back(member.name);
    columns_ = find_place_columns({names_, {}, false, true});
  }
  if (!columns_) {
    auto error = columns_.error();
    error.where = "lon";
    if (!error.message.empty() && found.errors.empty()) found.errors.push_back(std::move(error));
    return;
  }
  const auto set = [&](Role role, std::size_t column) {
    if (column != no_column) found.chosen[static_cast<std::size_t>(role)] = &members[column];
  };
  set(Role::lon, columns_->lon);
  set(Role::lat, columns_->lat);
  set(Role::position, columns_->position);
}

}  // namespace kordon::batch
