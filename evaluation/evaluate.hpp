#pragma once

#include <expected>
#include <string>

#include "evaluation/error.hpp"
#include "evaluation/json_body.hpp"
#include "evaluation/member.hpp"
#include "evaluation/query_cache.hpp"
#include "evaluation/work.hpp"
#include "policy/instant.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// One evaluation as JSON: parse, ask, answer.
std::expected<std::string, FieldErrors> evaluate_one(QueryCache& memo, const Members& members, policy::Instant now);

struct BatchAnswer {
  std::string json;
  Work work;
};

/// A batch as JSON, `{"items": [...], "summary": {"items", "errors"}, ...}`: one answer for each item, in their order,
/// with the item's `id`. An item with faults gets an `error`; faults in the shared members are faults of the whole.
std::expected<BatchAnswer, FieldErrors> evaluate_batch(const world::World& world, const Members& shared,
                                                       const std::vector<Item>& items, policy::Instant now);

}  // namespace kordon::evaluation
