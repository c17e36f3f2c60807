#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// Longest row that a batch may have; a longer one is most likely a quote that nobody closed.
inline constexpr std::size_t max_row_bytes = 4U << 20U;

/// Separator of rows of an array, or of a text sequence that has record separators, inside a block.
inline constexpr char record_separator = '\x1e';

/// Record splitter: cuts a body into blocks of whole rows. It keeps the one unfinished row.
class RecordSplitter {
 public:
  RecordSplitter() = default;
  RecordSplitter(const RecordSplitter&) = delete;
  RecordSplitter& operator=(const RecordSplitter&) = delete;
  virtual ~RecordSplitter() = default;

  /// Sets `block` to the whole rows of the unfinished one and the piece; it may be empty.
  std::expected<void, evaluation::FieldErrors> take(std::string_view piece, std::string& block);

  /// The body has ended: sets `block` to the last row, which may lack its end.
  virtual std::expected<void, evaluation::FieldErrors> finish(std::string& block);

  /// Text behind the last row of an array.
  [[nodiscard]] virtual std::string_view tail() const { return {}; }

 protected:
  /// Reads on from byte `from` and returns the byte up to which rows are whole. May change separators in place.
  virtual std::size_t cut(std::string& text, std::size_t from) = 0;
  /// Error that `cut` found in the body, apart from its rows.
  std::optional<evaluation::FieldError> error_;

 private:
  std::string left_;
};

/// The splitter for rows that follow the head of this plan's body.
std::unique_ptr<RecordSplitter> make_record_splitter(const Plan& plan);

}  // namespace kordon::batch
