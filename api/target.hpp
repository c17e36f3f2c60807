#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "api/error.hpp"
#include "api/member.hpp"

namespace kordon::api {

/// A request target taken apart and percent-decoded.
struct Target {
  std::string path;
  Members query;  ///< all Untyped, keys distinct
};

/// Reads origin form and absolute form (RFC 9112, 3.2). In the query `+` is a blank, as HTML forms write it.
/// Faults: a broken percent escape, what is not UTF-8 when decoded, a key that is given twice.
std::expected<Target, FieldErrors> parse_target(std::string_view text);

}  // namespace kordon::api
