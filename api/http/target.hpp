#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::api::http {

/// A request target taken apart and percent-decoded.
struct Target {
  std::string path;
  evaluation::Members query;  ///< all Untyped, keys distinct
};

/// Reads origin form and absolute form (RFC 9112, 3.2). In the query `+` is a blank, as HTML forms write it.
/// Errors: a broken percent escape, what is not UTF-8 when decoded, a key that is given twice.
std::expected<Target, evaluation::FieldErrors> parse_target(std::string_view text);

/// Whether its query states this key, which has letters alone, with a value. Cheap where nothing is escaped.
bool states(std::string_view target, std::string_view key);

}  // namespace kordon::api::http
