#pragma once

#include <nanobind/nanobind.h>

#include "evaluation/error.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::python {

/// Becomes kordon.InputError.
struct Refused {
  evaluation::FieldErrors errors;
};

/// Becomes kordon.ConfigError.
struct BadConfig {
  Faults faults;
};

/// Where an error is, its code's name and its message.
nanobind::tuple tuple_of(const evaluation::FieldError& error);

/// Has the two raised as the exceptions of the module kordon.errors.
void register_exceptions();

}  // namespace kordon::python
