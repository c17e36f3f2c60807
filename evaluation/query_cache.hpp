#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "evaluation/evaluation.hpp"
#include "evaluation/evaluation_json.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// What one thread remembers of one world from request to request: what is the same in all answers, and the terms that
/// were asked for so far, compiled and framed once. Bounded; for one thread.
class QueryCache {
 public:
  /// `world` must outlive it.
  explicit QueryCache(const world::World& world);

  [[nodiscard]] const world::World& world() const { return world_; }
  /// See `write_provenance`.
  [[nodiscard]] const std::string& provenance() const { return provenance_; }

  /// CompiledQuery and the time that they are asked for.
  struct Hit {
    const PreparedQuery* terms;
    policy::Instant at;
  };

  /// CompiledQuery that these members stated before, whatever their place: they have no fault but what `read_place`
  /// finds. Times between which no rule comes into force or ends share their terms. Nothing: not known.
  std::optional<Hit> find(const Members& members, policy::Instant now);

  /// Remembers what `compile_query` made of the members that were last looked for. It stays until the next call.
  Hit learn(CompiledQuery terms);

  // Room that the next answer uses again.
  Evaluation evaluation;
  std::string body;

 private:
  bool make_key(const Members& members, policy::Instant now);

  const world::World& world_;
  std::string provenance_;
  std::vector<policy::Instant> change_times_;
  std::unordered_map<std::string, PreparedQuery> known_;
  std::optional<PreparedQuery> unnamed_;  ///< the last terms that have no key
  std::string key_;                       ///< of the members last looked for; empty: they have none
  policy::Instant at_;                    ///< likewise
};

}  // namespace kordon::evaluation
