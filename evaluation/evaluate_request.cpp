#include "evaluation/evaluate_request.hpp"

#include <algorithm>

#include "evaluation/key_kinds.hpp"

namespace kordon::evaluation {

std::expected<EvaluateRequest, FieldErrors> read_evaluate_request(const world::World& world, const Members& members,
                                                                  geo::CrsPlaces& systems, policy::Instant now) {
  auto errors = unknown_keys(world, members, false);
  auto place = read_place(members, systems);
  auto query = compile_query(world, members, now);
  if (!place) std::ranges::move(place.error(), std::back_inserter(errors));
  if (!query) std::ranges::move(query.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return EvaluateRequest{std::move(*query), std::move(*place)};
}

}  // namespace kordon::evaluation
