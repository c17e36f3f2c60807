#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <expected>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "batch/csv_header.hpp"
#include "batch/format.hpp"
#include "batch/row_keys.hpp"
#include "batch/spare_systems.hpp"
#include "evaluation/error.hpp"
#include "evaluation/evaluate_request.hpp"
#include "evaluation/member.hpp"
#include "evaluation/time_text.hpp"
#include "tracks/effort.hpp"
#include "tracks/track.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Bounds on processor time and on bytes made, which the bytes of a body do not show: of the thread that answers.
struct WorkLimits {
  std::chrono::nanoseconds of_one = tracks::Effort::no_limit;   ///< a line or an area that takes more is refused
  std::chrono::nanoseconds of_all = tracks::Effort::no_limit;   ///< beyond `of_row` for each; the rest is refused
  std::chrono::nanoseconds of_row{0};                           ///< what a row may take, whatever the others do
  std::chrono::nanoseconds at_once = tracks::Effort::no_limit;  ///< BatchStream::proceed ends then
  std::chrono::nanoseconds a_turn = tracks::Effort::no_limit;   ///< BatchStream::feed ends then, and `proceed` goes on
  bool apart = false;  ///< same in front of each line or area, and of a row that opens a reference system
  std::size_t rows_at_once = std::numeric_limits<std::size_t>::max();   ///< answered before the time is looked at
  std::size_t bytes_at_once = std::numeric_limits<std::size_t>::max();  ///< of answers; both end with about so many
  std::size_t most_repeated = std::numeric_limits<std::size_t>::max();  ///< bytes of a line's properties, in all parts
  std::shared_ptr<const std::atomic<bool>> abandoned = {};  ///< true: no one waits for the answers; null: someone does
  std::uint64_t most_places = std::numeric_limits<std::uint64_t>::max();  ///< of one line or area; tracks::Question
};

/// Options of a batch that a client states, before a byte of it is read.
struct BatchOptions {
  Format from = Format::csv;
  Format to = Format::csv;
  evaluation::Members shared;  ///< hold for every row that has none of its own
  ColumnNames names;
  std::optional<char> delimiter;      ///< of CSV; nothing: found by itself
  std::optional<char> out_delimiter;  ///< of CSV that is written; nothing: as it was read, else a comma
  bool full = false;                  ///< JSON answers: all verdicts with their reasons, not one verdict as members
  bool whole_body = false;            ///< all of it is there before a row is read: shared members may follow `items`
  bool disarm_formulas = false;       ///< of CSV that is written: see disarm.hpp
  bool extents = true;                ///< lines and areas are answered, too; false: they are rows in error
  tracks::Reading reading = {};       ///< of lines that do not say it themselves
  WorkLimits limits = {};
  bool evaluate = true;  ///< false: numbers without meaning, to measure parsing and formatting
  policy::Instant now;
};

/// Plan of a batch: all that its blocks share; const once made, for any number of threads.
struct Plan {
  const world::World& world;
  BatchOptions options;
  RowKeys keys;
  evaluation::CompiledQuery query = {};  ///< of rows that do not state their own
  double accuracy_m = 0;                 ///< same for the accuracy
  std::string crs = {};  ///< the reference system of all coordinates, as EPSG:28407; empty: none is stated
  bool has_at = false;   ///< a time for rows without one is stated
  evaluation::TimeReading times = {};     ///< how rows' times are read
  std::vector<std::string> notices = {};  ///< of columns that look meant and are not used, one sentence each
  CsvHeader csv = {};                     ///< of the file that is read
  std::vector<std::string> columns = {};  ///< of CSV that is made from other rows
  std::string wrapper = {};               ///< text before the first row of an array, its bracket included
  bool record_separators = false;         ///< RFC 8142 as it is written; else a row a line
  std::size_t head_bytes = 0;             ///< of the body, before its first row
  std::shared_ptr<SpareSystems> systems = std::make_shared<SpareSystems>();

  [[nodiscard]] bool has_crs() const { return !crs.empty(); }

  /// Whether readers fill Chunk::cells: rows are not answered in the format they came in.
  [[nodiscard]] bool wants_cells() const;

  /// How many bytes each answered row has at least that the row has not: other formats, empty cells.
  [[nodiscard]] std::size_t bytes_beside_row() const;

  /// Whether CSV is written with another delimiter than it is read.
  [[nodiscard]] bool changes_delimiter() const;
};

/// The reference system that a member names: by authority and code where they can be read.
std::string crs_of(const evaluation::Value& value);

/// Error of a body that has no row.
evaluation::FieldError no_rows(const Plan& plan);

/// Whether `open_plan` has seen enough of a body; of one that is whole by itself never.
bool is_head_enough(const BatchOptions& options, std::string_view head);

/// Whether opening a batch by this head may open a reference system, too, which takes its time.
bool may_open_system(const BatchOptions& options, std::string_view head);

/// Opens a batch by the head of its body. Errors: those of the shared members, a CSV header without coordinates, what
/// is no array of rows.
std::expected<Plan, evaluation::FieldErrors> open_plan(const world::World& world, BatchOptions options,
                                                       std::string_view head);

}  // namespace kordon::batch
