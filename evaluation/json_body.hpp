#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::evaluation {

/// Deepest nesting of arrays and objects that a body may have; five would do for any valid one.
inline constexpr std::size_t max_json_depth = 16;

/// Reads the members of a JSON object in one pass, without recursion and without keeping unknown values; those
/// of `parameters` among them, and an array `items` left out: its rows are not read here.
/// Errors: malformed JSON (with the byte), not UTF-8, nested too deep, no object, `items` that is no array, a repeated
/// key.
std::expected<Members, FieldErrors> read_json_members(std::string_view body);

/// Whether a text is one JSON value and nothing else, nested no deeper than `max_json_depth`; errors say the byte.
std::expected<void, FieldErrors> check_json(std::string_view text);

/// Whether a text is one JSON value and nothing else.
bool is_json(std::string_view text);

/// The same JSON, indented by two blanks, members in the same order.
std::string indented(std::string_view json);

}  // namespace kordon::evaluation
