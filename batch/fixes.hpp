#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "batch/batch_plan.hpp"
#include "tracks/track.hpp"

namespace kordon::batch {

/// A row that says where an object was, and when.
struct FixRow {
  std::uint64_t row = 0;  ///< of the batch, from 1
  std::string object;     ///< its id, as text; empty only where there is an error
  tracks::Fix fix;
  evaluation::FieldErrors errors;  ///< if any, the fix means nothing
};

/// Options to read a batch whose rows are fixes: with ids, and with times to the millisecond.
BatchOptions options_of_fixes(BatchOptions options);

/// Longest id of an object: as long as it is kept, it takes memory.
inline constexpr std::size_t max_id_bytes = 1024;

/// Reads rows as fixes. A row without an id or a time is in error, as is one whose id is too long. For a plan that was
/// opened with `options_of_fixes`.
class FixReader {
 public:
  explicit FixReader(const Plan& plan);
  FixReader(const FixReader&) = delete;
  FixReader& operator=(const FixReader&) = delete;
  ~FixReader();

  /// Calls `take` for each row of a block that a RecordSplitter has cut, in order.
  void read(std::string& block, const std::function<void(FixRow&)>& take);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kordon::batch
