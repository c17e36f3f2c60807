#include "api/evaluate_request.hpp"

#include <algorithm>

#include "api/keys.hpp"

namespace kordon::api {

std::expected<EvaluateRequest, FieldErrors> read_evaluate_request(const config::World& world, const Members& members,
                                                                  policy::Instant now) {
  auto errors = unknown_keys(world, members, false);
  auto place = read_place(members);
  auto terms = read_terms(world, members, now);
  if (!place) std::ranges::move(place.error(), std::back_inserter(errors));
  if (!terms) std::ranges::move(terms.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return EvaluateRequest{std::move(*terms), std::move(*place)};
}

}  // namespace kordon::api
