#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/answer.hpp"
#include "api/evaluation.hpp"
#include "api/member.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// What one thread remembers of one world from request to request: what is the same in all answers, and the terms that
/// were asked for so far, compiled and framed once. Bounded; for one thread.
class AnswerMemo {
 public:
  /// `world` must outlive it.
  explicit AnswerMemo(const config::World& world);

  [[nodiscard]] const config::World& world() const { return world_; }
  /// See `write_provenance`.
  [[nodiscard]] const std::string& provenance() const { return provenance_; }

  /// See `tag_seed`.
  [[nodiscard]] std::uint64_t data_tag_seed() const { return data_tag_seed_; }

  /// Terms and the time that they are asked for.
  struct Asked {
    const FramedTerms* terms;
    policy::Instant at;
  };

  /// Terms that these members stated before, whatever their place: they have no fault but what `read_place` finds.
  /// Times between which no rule comes into force or ends share their terms. Nothing: not known.
  std::optional<Asked> find(const Members& members, policy::Instant now);

  /// Remembers what `read_terms` made of the members that were last looked for. It stays until the next call.
  Asked learn(Terms terms);

  // Room that the next answer uses again.
  Evaluation evaluation;
  std::string body;

 private:
  bool make_key(const Members& members, policy::Instant now);

  const config::World& world_;
  std::string provenance_;
  std::uint64_t data_tag_seed_;
  std::vector<policy::Instant> turns_;
  std::unordered_map<std::string, FramedTerms> known_;
  std::optional<FramedTerms> unnamed_;  ///< the last terms that have no key
  std::string key_;                     ///< of the members last looked for; empty: they have none
  policy::Instant at_;                  ///< likewise
};

}  // namespace kordon::api
