#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/batch/plan.hpp"

namespace kordon::api {

/// The terms that rows of a batch have stated so far, by their texts, so that each is compiled once. Times between
/// which no rule comes into force or ends share their terms, unless answers are full and so say the time.
/// Bounded; for one thread.
class TermsMemo {
 public:
  explicit TermsMemo(const Plan& plan);

  [[nodiscard]] const Terms& shared() const { return plan_.terms; }

  /// Terms of a row with this `at` (may be empty) and these other own terms (any text that tells them apart); null:
  /// not learnt.
  const Terms* find(std::string_view at, std::string_view own);

  /// Reads the terms from all of the row's members, shared ones included. They stay until `trim`.
  std::expected<const Terms*, FieldErrors> learn(std::string_view at, std::string_view own, const Members& all);

  /// Between blocks: forgets everything when there is too much of it.
  void trim();

 private:
  bool make_key(std::string_view at, std::string_view own);

  const Plan& plan_;
  std::vector<policy::Instant> turns_;  ///< when anything in a policy begins or ends, ascending
  std::unordered_map<std::string, Terms> known_;
  std::string key_;  ///< of the row in hand
};

}  // namespace kordon::api
