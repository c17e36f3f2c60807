#include <algorithm>
#include <optional>

#include "evaluation/error_json.hpp"
#include "evaluation/evaluate.hpp"
#include "evaluation/evaluate_request.hpp"
#include "evaluation/evaluation.hpp"
#include "evaluation/evaluation_json.hpp"
#include "evaluation/key_kinds.hpp"
#include "evaluation/shared_members.hpp"

namespace kordon::evaluation {
namespace {

/// What all items share: members, and the terms that they make, compiled once.
struct Shared {
  const world::World& world;
  const Members& members;
  PreparedQuery asked;
  policy::Instant now;
};

bool is_about_terms(const world::World& world, const Member& member) {
  const KeyKind kind = kind_of(world, member);
  return kind == KeyKind::terms || kind == KeyKind::parameter;
}

std::expected<Shared, FieldErrors> read_shared(const world::World& world, const Members& members, policy::Instant now) {
  auto errors = shared_errors(world, members);
  auto terms = compile_query(world, members, now);
  if (!terms) std::ranges::move(terms.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return Shared{world, members, PreparedQuery(world, std::move(*terms)), now};
}

/// Null id and no id are the same; ids are text or integers, and come back as they came.
void write_id(text::JsonWriter& out, const Members& members, FieldErrors& errors) {
  const auto id = std::ranges::find(members, "id", &Member::key);
  if (id == members.end() || std::holds_alternative<Null>(id->value)) return;
  if (const auto* text = std::get_if<std::string>(&id->value)) {
    out.key("id").text(*text);
  } else if (const auto* number = std::get_if<std::int64_t>(&id->value)) {
    out.key("id").integer(*number);
  } else {
    errors.push_back({"id", Code::wrong_type, "expected a string or an integer of 64 bits"});
  }
}

/// Writes the members of one answer; false if it is an error.
bool write_item(text::JsonWriter& out, const Shared& shared, const Item& item, Evaluation& evaluation) {
  FieldErrors errors = item.errors;
  write_id(out, item.members, errors);
  if (errors.empty()) errors = unknown_keys(shared.world, item.members, true);
  const Members members = merged(item.members, shared.members);
  const auto place = read_place(members);
  if (!place && item.errors.empty()) std::ranges::copy(place.error(), std::back_inserter(errors));
  std::optional<PreparedQuery> own;
  if (std::ranges::any_of(item.members, [&](const Member& member) { return is_about_terms(shared.world, member); })) {
    auto terms = compile_query(shared.world, members, shared.now);
    if (terms) own.emplace(shared.world, std::move(*terms));
    if (!terms && item.errors.empty()) std::ranges::copy(terms.error(), std::back_inserter(errors));
  }
  if (!errors.empty()) {
    write_item_error(out, errors);
    return false;
  }
  const PreparedQuery& asked = own ? *own : shared.asked;
  evaluate(shared.world, asked.terms, place->position, evaluation);
  write_evaluation(out, asked, asked.terms.at, *place, evaluation);
  return true;
}

}  // namespace

std::expected<BatchAnswer, FieldErrors> evaluate_batch(const world::World& world, const Members& shared,
                                                       const std::vector<Item>& items, policy::Instant now) {
  const auto common = read_shared(world, shared, now);
  if (!common) return std::unexpected(common.error());
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("items").begin_array();
  Evaluation evaluation;
  std::uint64_t bad = 0;
  for (const Item& item : items) {
    out.begin_object();
    if (!write_item(out, *common, item, evaluation)) ++bad;
    out.end_object();
  }
  out.end_array().key("summary").begin_object();
  out.key("items")
      .integer(static_cast<std::int64_t>(items.size()))
      .key("errors")
      .integer(static_cast<std::int64_t>(bad))
      .end_object();
  write_provenance(out, world);
  out.end_object();
  return BatchAnswer{std::move(json), {.evaluations = items.size() - bad, .rows = items.size(), .rows_in_error = bad}};
}

}  // namespace kordon::evaluation
