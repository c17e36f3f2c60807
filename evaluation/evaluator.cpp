#include "evaluation/evaluator.hpp"

#include "evaluation/datetime.hpp"
#include "evaluation/key_kinds.hpp"

namespace kordon::evaluation {
namespace {

constexpr std::size_t cached_queries = 256;

std::string provenance_of(const world::World& world) {
  std::string json;
  text::JsonWriter out(json);
  write_provenance(out, world);
  return json;
}

/// Its length goes first, so that no two lists of parts make the same key.
void append_part(std::string& key, std::string_view part) {
  key += std::to_string(part.size());
  key += ' ';
  key += part;
}

}  // namespace

Evaluator::Evaluator(const world::World& world)
    : world_(world), provenance_(provenance_of(world)), cache_(world, cached_queries) {}

/// Only what comes from a query has a key.
bool Evaluator::make_key(const Members& members, policy::Instant now) {
  key_.clear();
  at_ = now;
  for (const Member& member : members) {
    const KeyKind kind = kind_of(world_, member);
    if (kind == KeyKind::place) continue;
    const auto* value = std::get_if<Untyped>(&member.value);
    if (value == nullptr || (kind != KeyKind::query && kind != KeyKind::parameter)) return false;
    if (member.key != "at") {
      append_part(key_, member.key);
      append_part(key_, value->text);
    } else if (const auto at = parse_query_instant(value->text)) {
      at_ = *at;
    } else {
      return false;
    }
  }
  return true;
}

std::optional<Evaluator::Hit> Evaluator::find(const Members& members, policy::Instant now) {
  has_key_ = make_key(members, now);
  const auto* found = has_key_ ? cache_.find(key_, cache_.span_of(at_)) : nullptr;
  return found == nullptr ? std::nullopt : std::optional(Hit{found, at_});
}

Evaluator::Hit Evaluator::learn(CompiledQuery query) {
  const auto at = query.at;
  if (!has_key_) return {&unnamed_.emplace(world_, std::move(query)), at};
  cache_.trim();
  return {&cache_.learn(key_, cache_.span_of(at_), std::move(query)), at};
}

}  // namespace kordon::evaluation
