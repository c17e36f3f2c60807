#include "api/merge.hpp"

#include <algorithm>

#include "api/evaluate_request.hpp"
#include "api/keys.hpp"

namespace kordon::api {

Members merged(const Members& own, const Members& shared) {
  Members all = own;
  for (const Member& member : shared) {
    if (std::ranges::find(own, member.key, &Member::key) == own.end()) all.push_back(member);
  }
  return all;
}

FieldErrors shared_errors(const config::World& world, const Members& shared) {
  auto errors = unknown_keys(world, shared, false);
  for (const Member& member : shared) {
    if (kind_of(world, member) == KeyKind::place && member.key != "accuracy_m") {
      errors.push_back({member.key, Code::conflict, "belongs into an item, not beside the items"});
    }
  }
  std::ranges::move(accuracy_errors(shared), std::back_inserter(errors));
  return errors;
}

}  // namespace kordon::api
