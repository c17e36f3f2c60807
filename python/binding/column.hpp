#pragma once

#include <nanobind/nanobind.h>

#include <memory>
#include <vector>

#include "batch/columns/number_column.hpp"

namespace kordon::python {

/// A column of numbers and what keeps them in memory.
struct Column {
  batch::columns::NumberColumn numbers;
  std::vector<std::shared_ptr<const void>> owners;
};

/// From an object with `__arrow_c_array__` or `__arrow_c_stream__`. Doubles stay where they are; other numbers are
/// converted. Throws Refused, naming `name`, for what is no column of numbers.
Column arrow_column(nanobind::handle source, const std::string& name);

}  // namespace kordon::python
