#include "evaluation/shared_members.hpp"

#include <algorithm>

#include "evaluation/evaluate_request.hpp"
#include "evaluation/key_kinds.hpp"

namespace kordon::evaluation {

Members merged(const Members& own, const Members& shared) {
  Members all = own;
  for (const Member& member : shared) {
    const auto found = std::ranges::find(all, member.key, &Member::key);
    if (found == all.end()) {
      all.push_back(member);
    } else if (member.key == "at" && std::holds_alternative<Null>(found->value)) {
      *found = member;  // a hole in a column of times is no wish for now
    }
  }
  return all;
}

FieldErrors shared_errors(const world::World& world, const Members& shared) {
  auto errors = unknown_keys(world, shared, false);
  for (const Member& member : shared) {
    if (kind_of(world, member) == KeyKind::place && member.key != "accuracy_m" && member.key != "crs") {
      errors.push_back({member.key, Code::conflict, "belongs into an item, not beside the items"});
    }
  }
  std::ranges::move(accuracy_errors(shared), std::back_inserter(errors));
  return errors;
}

}  // namespace kordon::evaluation
