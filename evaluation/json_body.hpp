#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::evaluation {

/// One item of a batch. With faults its members are incomplete.
struct Item {
  Members members;
  FieldErrors errors;
};

/// A request body: `[item, ...]`, `{"items": [item, ...], shared members}`, or the members of one request.
struct JsonBody {
  Members members;
  std::optional<std::vector<Item>> items;
};

/// Deepest nesting of arrays and objects that a body may have; five would do for any valid one.
inline constexpr std::size_t max_json_depth = 16;

/// Reads a body in one pass, without recursion and without keeping what nobody asked for.
/// Faults of the whole: malformed JSON (with the byte), not UTF-8, nested too deep, neither array nor object, more
/// items than `max_items`, `items` that is no array, a repeated shared key. Faults of an item stay with the item.
std::expected<JsonBody, FieldErrors> read_json_body(std::string_view body, std::size_t max_items);

/// Whether a text is one JSON value and nothing else.
bool is_json(std::string_view text);

/// The same JSON, indented by two blanks, members in the same order.
std::string indented(std::string_view json);

}  // namespace kordon::evaluation
