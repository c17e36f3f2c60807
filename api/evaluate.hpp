#pragma once

#include <expected>
#include <string>

#include "api/answer_memo.hpp"
#include "api/error.hpp"
#include "api/http.hpp"
#include "api/json_body.hpp"
#include "api/member.hpp"
#include "config/world.hpp"
#include "policy/instant.hpp"

namespace kordon::api {

/// One evaluation as JSON: parse, ask, answer.
std::expected<std::string, FieldErrors> evaluate_one(AnswerMemo& memo, const Members& members, policy::Instant now);

struct BatchAnswer {
  std::string json;
  Work work;
};

/// A batch as JSON, `{"items": [...], "summary": {"items", "errors"}, ...}`: one answer for each item, in their order,
/// with the item's `id`. An item with faults gets an `error`; faults in the shared members are faults of the whole.
std::expected<BatchAnswer, FieldErrors> evaluate_batch(const config::World& world, const Members& shared,
                                                       const std::vector<Item>& items, policy::Instant now);

}  // namespace kordon::api
