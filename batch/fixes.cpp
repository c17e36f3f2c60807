#include "batch/fixes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/csv_scan.hpp"
#include "batch/row_reader.hpp"
#include "batch/row_writer.hpp"
#include "text/json_string.hpp"

namespace kordon::batch {

using evaluation::Code;

struct FixReader::Impl {
  const Plan& plan;
  std::unique_ptr<RowReader> reader;
  Chunk chunk;
  FixRow fix = {};
  std::uint64_t rows = 0;
  std::string buffer = {};

  /// A row's value for a role as text; empty: it has none.
  std::string value_of(std::uint32_t row, Role role) {
    for (const Cell& cell : cells_of(chunk, row)) {
      if (cell.role != role || cell.text == "null") continue;
      if (!cell.is_json) return std::string(csv_value(cell.text, buffer));
      if (!cell.text.starts_with('"')) return std::string(cell.text);
      return text::unescaped(cell.text.substr(1, cell.text.size() - 2));
    }
    return {};
  }

  void set(std::uint32_t row, std::size_t valid) {
    const auto position = chunk.places.position(valid);
    fix.fix = {position.place(), position.accuracy_m(),
               static_cast<double>(chunk.queries[valid]->at.time_since_epoch().count())};
    if (value_of(row, Role::at).empty()) {
      fix.errors.push_back({"at", Code::missing, "a fix needs a time: name its column with --at-column"});
    }
  }
};

BatchOptions options_of_fixes(BatchOptions options) {
  options.to = Format::json;
  options.full = true;
  options.extents = false;
  return options;
}

FixReader::FixReader(const Plan& plan) : impl_(new Impl{plan, make_reader(plan), {}}) {}
FixReader::~FixReader() = default;

void FixReader::read(std::string& block, const std::function<void(FixRow&)>& take) {
  auto& [plan, reader, chunk, fix, rows, buffer] = *impl_;
  reader->read(block, chunk);
  std::size_t valid = 0;
  auto bad = chunk.bad.begin();
  for (std::uint32_t row = 0; row < chunk.rows(); ++row) {
    fix.row = ++rows;
    fix.errors.clear();
    fix.object = impl_->value_of(row, Role::id);
    if (valid < chunk.valid.size() && chunk.valid[valid] == row) {
      impl_->set(row, valid++);
    } else {
      fix.errors = std::move(bad++->errors);
    }
    if (fix.object.empty()) {
      fix.errors.push_back({"id", Code::missing, "a fix needs the id of its object: name its column with --id-column"});
    }
    if (fix.object.size() > max_id_bytes) {
      fix.object.resize(max_id_bytes);
      fix.errors.push_back({"id", Code::out_of_range, fmt::format("an id has at most {} bytes", max_id_bytes)});
    }
    take(fix);
  }
}

}  // namespace kordon::batch
