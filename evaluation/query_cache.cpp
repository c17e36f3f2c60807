#include "evaluation/query_cache.hpp"

#include "evaluation/change_times.hpp"
#include "evaluation/datetime.hpp"
#include "evaluation/key_kinds.hpp"

namespace kordon::evaluation {
namespace {

constexpr std::size_t max_known = 256;

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

QueryCache::QueryCache(const world::World& world)
    : world_(world), provenance_(provenance_of(world)), change_times_(change_times_of(world)) {}

/// Only what comes from a query has a key.
bool QueryCache::make_key(const Members& members, policy::Instant now) {
  key_.clear();
  at_ = now;
  for (const Member& member : members) {
    const KeyKind kind = kind_of(world_, member);
    if (kind == KeyKind::place) continue;
    const auto* value = std::get_if<Untyped>(&member.value);
    if (value == nullptr || (kind != KeyKind::terms && kind != KeyKind::parameter)) return false;
    if (member.key != "at") {
      append_part(key_, member.key);
      append_part(key_, value->text);
    } else if (const auto at = parse_query_instant(value->text)) {
      at_ = *at;
    } else {
      return false;
    }
  }
  append_change_time(key_, change_times_, at_);
  return true;
}

std::optional<QueryCache::Hit> QueryCache::find(const Members& members, policy::Instant now) {
  if (!make_key(members, now)) {
    key_.clear();
    return std::nullopt;
  }
  const auto found = known_.find(key_);
  return found == known_.end() ? std::nullopt : std::optional(Hit{&found->second, at_});
}

QueryCache::Hit QueryCache::learn(CompiledQuery terms) {
  const auto at = terms.at;
  if (key_.empty()) return {&unnamed_.emplace(world_, std::move(terms)), at};
  if (known_.size() >= max_known) known_.clear();
  return {&known_.try_emplace(key_, world_, std::move(terms)).first->second, at};
}

}  // namespace kordon::evaluation
