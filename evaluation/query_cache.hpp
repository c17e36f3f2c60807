#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evaluation/evaluate_request.hpp"
#include "evaluation/json_template.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// A compiled query with its response template, which is made when it is first needed. For one thread.
class PreparedQuery {
 public:
  PreparedQuery(const world::World& world, CompiledQuery the_query) : query(std::move(the_query)), world_(world) {}

  const CompiledQuery query;

  const ResponseTemplate& response() const {
    if (!response_) response_.emplace(world_, query);
    return *response_;
  }

 private:
  const world::World& world_;
  mutable std::optional<ResponseTemplate> response_;
};

/// The queries of one world that were compiled so far, by a text that states them and the span of time that they are
/// asked for: times between which no rule comes into force or ends share theirs. For one thread.
class QueryCache {
 public:
  /// `world` must outlive it. More than `capacity` are kept only until `trim`.
  QueryCache(const world::World& world, std::size_t capacity);

  /// A span of time without a change, or the moment of one: below `span_count`.
  [[nodiscard]] std::size_t span_of(policy::Instant at) const;
  [[nodiscard]] std::size_t span_count() const { return 2 * change_times_.size() + 1; }

  /// Null: not known. A query that is found stays until `trim`.
  const PreparedQuery* find(std::string_view text, std::size_t span);
  const PreparedQuery& learn(std::string_view text, std::size_t span, CompiledQuery query);

  /// Forgets everything when there is too much of it.
  void trim();

 private:
  void make_key(std::string_view text, std::size_t span);

  const world::World& world_;
  std::size_t capacity_;
  std::vector<policy::Instant> change_times_;  ///< ascending
  std::unordered_map<std::string, PreparedQuery> known_;
  std::string key_;  ///< in hand
};

}  // namespace kordon::evaluation
