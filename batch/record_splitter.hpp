#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "batch/batch_plan.hpp"

namespace kordon::batch {

/// Longest row that a batch may have; a longer one is most likely a quote that nobody closed.
inline constexpr std::size_t max_row_bytes = 4U << 20U;

/// What separates rows of an array, or of a text sequence that has record separators, inside a block.
inline constexpr char record_separator = '\x1e';

/// Cuts a body into blocks of whole rows. It keeps the one unfinished row.
class RecordSplitter {
 public:
  RecordSplitter() = default;
  RecordSplitter(const RecordSplitter&) = delete;
  RecordSplitter& operator=(const RecordSplitter&) = delete;
  virtual ~RecordSplitter() = default;

  /// Sets `block` to the whole rows of what was left and the piece; it may be empty.
  std::expected<void, evaluation::FieldErrors> take(std::string_view piece, std::string& block);

  /// The body has ended: sets `block` to the last row, which may lack its end.
  virtual std::expected<void, evaluation::FieldErrors> finish(std::string& block);

  /// What stands behind the last row of an array.
  [[nodiscard]] virtual std::string_view tail() const { return {}; }

 protected:
  /// Reads on from byte `from` and returns the byte up to which rows are whole. May change separators in place.
  virtual std::size_t cut(std::string& text, std::size_t from) = 0;

 private:
  std::string left_;
};

/// For rows that follow the head of this plan's body.
std::unique_ptr<RecordSplitter> make_record_splitter(const Plan& plan);

/// Where in a JSON text its array of rows begins.
struct ArrayStart {
  enum class State { found, more, none };  ///< more: not in this much of the text
  State state = State::more;
  std::size_t at = 0;  ///< the byte after the bracket
};

/// The text's only value, if that is an array, or the array that the top object has under `key`.
ArrayStart find_array(std::string_view text, std::string_view key);

/// The byte of the bracket that closes an array, from any place in it outside of its values; npos: it is not closed.
std::size_t find_array_end(std::string_view text, std::size_t from);

}  // namespace kordon::batch
