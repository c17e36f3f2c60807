#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kordon::geo {

/// What a statement of an SQLite database's schema does beyond holding rows, as a sentence without the file's name;
/// nothing: it is harmless to read from. Harmless are tables and indices; virtual tables of indices and of full-text
/// search; and views that are `SELECT columns FROM one table`, perhaps `WHERE` columns compare, as GDAL and QGIS write
/// them, for they show each row once and make nothing. Every other view may compute rows without end, or of any size,
/// and so may generated columns. Views that SpatiaLite makes of its own accord are let be: GDAL does not read them.
std::optional<std::string> fault_of_statement(std::string_view sql);

}  // namespace kordon::geo
