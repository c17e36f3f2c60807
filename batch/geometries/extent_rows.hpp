#pragma once

#include <vector>

#include "batch/batch_plan.hpp"
#include "batch/chunk.hpp"
#include "batch/found_members.hpp"
#include "batch/geometries/extent_answer.hpp"
#include "batch/json_scanner.hpp"

namespace kordon::batch {

/// Answers those rows of a batch that are lines or areas, one after the other.
class ExtentRows {
 public:
  explicit ExtentRows(const Plan& plan) : plan_(plan) {}

  /// Whether a feature is one: its geometry, null where it has none, and its properties. If so, `answer` is next.
  bool take(const JsonMember* geometry, const std::vector<JsonMember>& properties);

  /// Answers the last row of the chunk, or puts it among the bad ones. `own` are its members of the query. Returns how
  /// many bytes of it are repeated in the answer.
  std::size_t answer(const std::vector<JsonMember>& properties, FoundMembers& found, const evaluation::Members& own,
                     Chunk& chunk);

 private:
  using Answered = std::expected<ExtentAnswer, evaluation::FieldErrors>;
  Answered checked(const std::vector<JsonMember>& properties, FoundMembers& found, const evaluation::Members& own,
                   Chunk& chunk);
  Answered answered(const std::vector<JsonMember>& properties, FoundMembers& found, const evaluation::Members& own,
                    double accuracy_m, Chunk& chunk);

  const Plan& plan_;
  JsonScanner scanner_;
  std::vector<JsonMember> geometry_;
};

}  // namespace kordon::batch
