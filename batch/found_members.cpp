#include "batch/found_members.hpp"

#include <algorithm>

namespace kordon::batch {

void FoundMembers::take(const RowKey& key, const JsonMember& member) {
  const auto role = static_cast<std::size_t>(key.role);
  bool again = false;
  if (key.role == Role::query) {
    again = std::ranges::find(query, &key, &decltype(query)::value_type::first) != query.end();
    if (!again) query.emplace_back(&key, &member);
  } else if (key.is_planar()) {
    (key.role == Role::lon ? x : y) = &member;
  } else if (!chosen[role] || rank[role] > key.rank) {
    chosen[role] = &member;
    rank[role] = key.rank;
  } else {
    again = rank[role] == key.rank;
  }
  if (again && errors.size() < evaluation::most_errors) {
    errors.push_back({key.name, evaluation::Code::duplicate, "given more than once, expected at most one value"});
  }
}

void FoundMembers::choose_pair(bool in_crs) {
  auto& lon = chosen[static_cast<std::size_t>(Role::lon)];
  auto& lat = chosen[static_cast<std::size_t>(Role::lat)];
  const bool is_pair = x != nullptr && y != nullptr;
  if (has_cell() && (lon != nullptr || lat != nullptr || is_pair)) {
    set(Role::position, nullptr);
  }
  if (in_crs && is_pair) {
    lon = lat = nullptr;
    set(Role::x, x);
    set(Role::y, y);
    return;
  }
  if (lon != nullptr && lat != nullptr) return;
  if (lon == nullptr && lat == nullptr && at(Role::position) == nullptr) {
    lon = x;
    lat = y;
  } else if ((lon != nullptr && y != nullptr) || (lat != nullptr && x != nullptr)) {
    errors.push_back({lon != nullptr ? "lat" : "lon", evaluation::Code::missing,
                      "`x` or `y` makes no pair with a latitude or longitude"});
  }
}

void FoundMembers::refuse_composite_id() {
  const auto* id = at(Role::id);
  if (id == nullptr || id->kind != JsonKind::composite) return;
  errors.push_back({"id", evaluation::Code::wrong_type, "expected text, a number, true, false or null"});
}

}  // namespace kordon::batch
