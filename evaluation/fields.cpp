#include "evaluation/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "text/number_text.hpp"

namespace kordon::evaluation {
namespace {

constexpr std::size_t quoted_bytes = 60;

std::string quoted(std::string_view text) {
  return text.size() <= quoted_bytes ? fmt::format("`{}`", text)
                                     : fmt::format("`{}...` ({} bytes)", text.substr(0, quoted_bytes), text.size());
}

std::string described(const Value& value) {
  if (std::holds_alternative<Null>(value)) return "null";
  if (std::holds_alternative<Composite>(value)) return "an array or object";
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* untyped = std::get_if<Untyped>(&value)) return quoted(untyped->text);
  return "the string " + quoted(std::get<std::string>(value));
}

}  // namespace

std::string where_of(const Member& member) { return member.in_parameters ? "parameters." + member.key : member.key; }

const Member* Fields::find(std::string_view key) const {
  const auto found = std::ranges::find_if(members_, [&](const Member& member) {
    return member.key == key && !member.in_parameters && !std::holds_alternative<Null>(member.value);
  });
  return found == members_.end() ? nullptr : &*found;
}

std::optional<double> Fields::number(std::string_view key) {
  const Member* member = find(key);
  return member ? number(*member) : std::nullopt;
}

std::optional<double> Fields::number(const Member& member) {
  if (const auto* integer = std::get_if<std::int64_t>(&member.value)) return static_cast<double>(*integer);
  if (const auto* number = std::get_if<double>(&member.value)) {
    if (std::isfinite(*number)) return *number;
  } else if (const auto* untyped = std::get_if<Untyped>(&member.value)) {
    if (const auto parsed = text::read_number(untyped->text)) return parsed;
  } else {
    add_error(where_of(member), Code::wrong_type, "expected a number, got " + described(member.value));
    return std::nullopt;
  }
  add_error(where_of(member), Code::not_a_number, "expected a finite decimal number, got " + described(member.value));
  return std::nullopt;
}

std::optional<std::string> Fields::text(std::string_view key) {
  const Member* member = find(key);
  if (!member) return std::nullopt;
  const auto* untyped = std::get_if<Untyped>(&member->value);
  const auto* text = untyped ? &untyped->text : std::get_if<std::string>(&member->value);
  if (!text) {
    add_error(member->key, Code::wrong_type, "expected a string, got " + described(member->value));
    return std::nullopt;
  }
  if (text->empty()) {
    add_error(member->key, Code::missing, "expected a value, got an empty one");
    return std::nullopt;
  }
  return *text;
}

void Fields::add_error(std::string where, Code code, std::string message) {
  if (errors_.size() < most_errors) errors_.push_back({std::move(where), code, std::move(message)});
}

}  // namespace kordon::evaluation
