#pragma once

#include <string>

#include "api/error.hpp"

namespace kordon::cli {

/// `lat: what is wrong [code]`, a line for each fault.
std::string sentence(const api::FieldErrors& errors);

}  // namespace kordon::cli
