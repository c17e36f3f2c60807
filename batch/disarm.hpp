#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "batch/row_writer.hpp"

namespace kordon::batch {

/// Whether a spreadsheet would take a cell's value for a formula: it begins with `=`, `+`, `-`, `@` or their fullwidth
/// forms, after blanks or none, and is no number; or it begins with a tab or a line end (OWASP, CSV Injection).
bool is_formula(std::string_view value);

/// Appends whole records of CSV, with `'` before each value that a spreadsheet would take for a formula, and before
/// such a part of a value behind another delimiter (`x;=1+1`), where one that splits there would; all else stays byte
/// for byte.
void append_disarmed(std::string& out, std::string_view records, char delimiter, std::vector<std::string_view>& cells);

/// A writer of CSV whose formulas are disarmed.
std::unique_ptr<RowWriter> make_disarmed(std::unique_ptr<RowWriter> writer, char delimiter);

}  // namespace kordon::batch
