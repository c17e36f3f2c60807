#pragma once

#include <nanobind/nanobind.h>

#include "evaluation/member.hpp"

namespace kordon::python {

/// Of a list of (key, value, is a parameter); values are None, bool, int, float, str, or anything else, which is
/// refused where it is read.
evaluation::Members members_of(const nanobind::list& stated);

}  // namespace kordon::python
