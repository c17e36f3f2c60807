#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "batch/places.hpp"
#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"
#include "evaluation/evaluate_request.hpp"

namespace kordon::batch {

/// One value of a row, as its text has it.
struct Cell {
  std::string_view name;
  std::string_view text;  ///< JSON text, or a CSV cell with its quotes
  Role role = Role::other;
  bool is_json = false;  ///< both name (without its quotes) and text are JSON
};

/// Splice point of a row that is a JSON object: where an answer's members go into it.
struct Splice {
  static constexpr std::uint32_t nowhere = 0xFFFFFFFF;
  std::uint32_t at = nowhere;  ///< the byte of the closing brace; nowhere: the row is no object
  bool comma = false;          ///< members stand before it
};

struct ExtentAnswer;

/// A row that is a line or an area, with its answer.
struct ExtentRow {
  std::uint32_t row = 0;
  std::shared_ptr<const ExtentAnswer> answer;
};

struct BadRow {
  std::uint32_t row = 0;
  std::uint32_t cells_missing = 0;  ///< fewer cells than the header has
  evaluation::FieldErrors errors;
};

/// Chunk: the rows of a block by column. The texts are views into the block that was read; all vectors keep their
/// memory.
struct Chunk {
  // One for each row.
  std::vector<std::string_view> texts;   ///< without the line end
  std::vector<Splice> splices;           ///< rows that are JSON
  std::vector<std::uint32_t> cell_ends;  ///< where the plan wants cells: row i has [cell_ends[i-1], cell_ends[i])
  std::vector<Cell> cells;

  // One for each row that can be evaluated.
  std::vector<std::uint32_t> valid;  ///< which rows, ascending
  Places places;
  std::vector<const evaluation::CompiledQuery*> queries;

  std::vector<ExtentRow> extents;   ///< lines and areas, ascending
  std::uint64_t extent_places = 0;  ///< measured for them, and for those that were given up

  std::vector<BadRow> bad;                                     ///< the others, ascending
  std::vector<std::pair<std::uint32_t, std::string>> read_as;  ///< row and how its position text was read

  std::vector<std::unique_ptr<std::string>> rewritten;  ///< owns texts that are not the block's

  [[nodiscard]] std::size_t rows() const { return texts.size(); }
  void clear();
  /// Takes back the last row, of which no cells' end and no answer is kept yet.
  void drop_last_row();
};

}  // namespace kordon::batch
