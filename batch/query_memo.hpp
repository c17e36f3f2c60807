#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// The terms that rows of a batch have stated so far, by their texts, so that each is compiled once. Times between
/// which no rule comes into force or ends share their terms, unless answers are full and so say the time.
/// Bounded; for one thread.
class QueryMemo {
 public:
  explicit QueryMemo(const Plan& plan);

  [[nodiscard]] const evaluation::CompiledQuery& shared() const { return plan_.terms; }

  /// CompiledQuery of a row with this `at` (may be empty) and these other own terms (any text that tells them apart);
  /// null: not learnt.
  const evaluation::CompiledQuery* find(std::string_view at, std::string_view own);

  /// Reads the terms from all of the row's members, shared ones included. They stay until `trim`.
  std::expected<const evaluation::CompiledQuery*, evaluation::FieldErrors> learn(std::string_view at,
                                                                                 std::string_view own,
                                                                                 const evaluation::Members& all);

  /// Between blocks: forgets everything when there is too much of it.
  void trim();

 private:
  bool make_key(std::string_view at, std::string_view own);

  const Plan& plan_;
  std::vector<policy::Instant> change_times_;  ///< when anything in a policy begins or ends, ascending
  std::unordered_map<std::string, evaluation::CompiledQuery> known_;
  std::string key_;  ///< of the row in hand
};

}  // namespace kordon::batch
