#pragma once

#include <string>

#include "evaluation/error.hpp"

namespace kordon::cli {

/// `lat: what is wrong [code]`, a line for each error.
std::string sentence(const evaluation::FieldErrors& errors);

}  // namespace kordon::cli
