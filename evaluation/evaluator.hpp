#pragma once

#include <optional>
#include <string>

#include "evaluation/evaluation.hpp"
#include "evaluation/evaluation_json.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Evaluator of one world for one thread, from request to request: the cache of compiled queries, the JSON that all
/// answers share, and buffers. Bounded; for one thread.
class Evaluator {
 public:
  /// `world` must outlive it.
  explicit Evaluator(const world::World& world);

  [[nodiscard]] const world::World& world() const { return world_; }
  /// See `write_provenance`.
  [[nodiscard]] const std::string& provenance() const { return provenance_; }

  /// A query and the time that it is asked for.
  struct Hit {
    const PreparedQuery* prepared;
    policy::Instant at;
  };

  /// Finds the query that these members stated before, whatever their place; `read_place` alone can find errors in them
  /// then. Nothing: not known.
  std::optional<Hit> find(const Members& members, policy::Instant now);

  /// Caches a query compiled from the members that were last looked for. It stays until the next call.
  Hit learn(CompiledQuery query);

  // Buffers that the next answer uses again.
  Evaluation evaluation;
  std::string body;
  geo::CrsPlaces systems;

 private:
  bool make_key(const Members& members, policy::Instant now);

  const world::World& world_;
  std::string provenance_;
  QueryCache cache_;
  std::optional<PreparedQuery> unnamed_;  ///< the last query that has no key
  std::string key_;                       ///< of the members last looked for
  bool has_key_ = false;                  ///< same for the next
  policy::Instant at_;
};

}  // namespace kordon::evaluation
