#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kordon::evaluation {

struct Null {};
/// An array or object where a plain value belongs.
struct Composite {};
/// Text that has no type of its own: from a query string, a command line or a table.
struct Untyped {
  std::string text;
};

using Value = std::variant<Null, Composite, bool, std::int64_t, double, std::string, Untyped>;

/// One key with its value, wherever it was written.
struct Member {
  std::string key;
  Value value;
  bool in_parameters = false;  ///< was a member of `parameters`: names a parameter and nothing else
};

using Members = std::vector<Member>;

}  // namespace kordon::evaluation
