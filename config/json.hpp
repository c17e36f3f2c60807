#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "geo/atlas/fault.hpp"

namespace kordon::config {

struct JsonMember;

/// A JSON value as the file states it: members in the file's order.
struct Json {
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;

  std::variant<std::nullptr_t, bool, double, std::string, Array, Object> value;
};

struct JsonMember {
  std::string key;
  Json value;
};

/// Reads a file of at most 16 MiB. Faults: no such file, malformed JSON (line and column), a key that is stated twice
/// in one object, nesting deeper than 64.
std::expected<Json, Fault> read_json(const std::filesystem::path& file);

}  // namespace kordon::config
