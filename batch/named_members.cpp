#include "batch/named_members.hpp"

#include <algorithm>
#include <utility>

#include "batch/accuracy_and_time.hpp"

namespace kordon::batch {
void NamedMembers::read_names(const std::vector<JsonMember>& members) {
  if (std::ranges::equal(members, names_, {}, &JsonMember::name)) return;
  names_.clear();
  for (const auto& member : members) names_.emplace_back(member.name);
  const PlaceColumnsRequest request{.names = names_, .stated = {}, .has_at = true, .joins_times = false};
  columns_ = find_place_columns(request);
  values_ = columns_ ? *columns_ : find_accuracy_and_time(request);
}

void NamedMembers::choose_place(const std::vector<JsonMember>& members, bool in_crs, FoundMembers& found) {
  if (in_crs || !stated_.lon.empty() || !stated_.lat.empty() || !stated_.position.empty()) return;
  if (members.empty()) return;
  read_names(members);
  if (!columns_) {
    auto error = columns_.error();
    error.where = "lon";
    if (!error.message.empty() && found.errors.empty()) found.errors.push_back(std::move(error));
    return;
  }
  for (const auto& [role, column] :
       {std::pair(Role::lon, columns_->lon), {Role::lat, columns_->lat}, {Role::position, columns_->position}}) {
    if (column != no_column) found.set(role, &members[column]);
  }
}

void NamedMembers::choose_accuracy_and_time(const std::vector<JsonMember>& members, FoundMembers& found) {
  const bool wants_accuracy = found.at(Role::accuracy_m) == nullptr && stated_.accuracy_m.empty();
  const bool wants_time = found.at(Role::at) == nullptr && stated_.at.empty();
  if (members.empty() || (!wants_accuracy && !wants_time)) return;
  read_names(members);
  if (wants_accuracy && values_.accuracy_m != no_column) found.set(Role::accuracy_m, &members[values_.accuracy_m]);
  if (wants_time && values_.at != no_column) found.set(Role::at, &members[values_.at]);
}

}  // namespace kordon::batch
