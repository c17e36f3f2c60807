#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "batch/batch_plan.hpp"
#include "batch/record_splitter.hpp"

namespace kordon::batch {

/// Start of the array of rows in a JSON text.
struct ArrayStart {
  enum class State { found, more, none };  ///< more: not in this much of the text
  State state = State::more;
  std::size_t at = 0;  ///< the byte after the bracket
};

/// The name of the member that holds the rows: `items` or `features`.
std::string_view array_key(Format format);

/// The array that the top object has under `key`; for `items` also the text's only value, if that is an array.
ArrayStart find_array(std::string_view text, std::string_view key);

/// The byte of the bracket that closes an array, from any place in it outside of its values; npos: it is not closed.
std::size_t find_array_end(std::string_view text, std::size_t from);

/// Error in the JSON around an array's items, which are left out: no JSON, text behind it, two arrays, an object that
/// is no FeatureCollection. `whole`: the text holds the body to its end.
std::optional<evaluation::FieldError> wrapper_error(std::string_view text, Format format, bool whole);

/// Record splitter for an array that `find_array` found: cuts it into its items. Strict: a missing item, between two
/// commas or behind the last one, is an error of the whole.
std::unique_ptr<RecordSplitter> make_array_splitter(const Plan& plan);

}  // namespace kordon::batch
