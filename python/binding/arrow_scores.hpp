#pragma once

#include <nanobind/nanobind.h>

#include <memory>

#include "batch/columns/score_columns.hpp"

namespace kordon::python {

/// The capsules of a record batch with the columns of a CSV answer, for `__arrow_c_array__`; numbers are shared, not
/// copied. Bad rows are null in all columns but `error`.
nanobind::tuple arrow_capsules(const std::shared_ptr<const batch::columns::ColumnScores>& scores);

/// The capsule of its schema alone.
nanobind::object arrow_schema();

}  // namespace kordon::python
