#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "batch/row_writer.hpp"

namespace kordon::batch {

/// Whether a spreadsheet would take a cell's value for a formula: it begins with `=`, `+`, `-`, `@`, a tab or a return,
/// and is no number.
bool is_formula(std::string_view value);

/// Appends whole records of CSV, with `'` before each value that a spreadsheet would take for a formula; all others
/// stay byte for byte.
void append_disarmed(std::string& out, std::string_view records, char delimiter, std::vector<std::string_view>& cells);

/// A writer of CSV whose formulas are disarmed.
std::unique_ptr<RowWriter> make_disarmed(std::unique_ptr<RowWriter> writer, char delimiter);

}  // namespace kordon::batch
