#pragma once

#include <string>
#include <string_view>

namespace kordon::text {

/// Letters of ASCII alone, whatever the locale: all other bytes stay as they are.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

std::string lowered(std::string_view text);
std::string uppered(std::string_view text);

bool equal_in_any_case(std::string_view a, std::string_view b);

/// Without these bytes at its start and end: blanks and ends of lines, as a rule.
std::string_view trimmed(std::string_view text, std::string_view bytes = " \t\r\n");

}  // namespace kordon::text
