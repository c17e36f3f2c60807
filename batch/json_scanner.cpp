#include "batch/json_scanner.hpp"

#include <simdjson.h>

#include <charconv>
#include <limits>
#include <utility>

#include "evaluation/json_body.hpp"

namespace kordon::batch {
namespace {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

static_assert(JsonScanner::padding >= simdjson::SIMDJSON_PADDING);

constexpr std::size_t max_depth = evaluation::max_json_depth;

std::string_view trimmed(const char* begin, const char* end) {
  while (end != begin && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\n' || end[-1] == '\r')) --end;
  return {begin, end};
}

std::string_view key_text(ondemand::raw_json_string key) {
  const char* end = key.raw();
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {key.raw(), end};
}

/// simdjson checks the escapes of strings that are read, and keys are read as they stand.
error_code read_key(ondemand::field& field, std::string_view& name) {
  name = key_text(field.key());
  const bool good = !name.contains('\\') || evaluation::is_json('"' + std::string(name) + '"');
  return good ? simdjson::SUCCESS : simdjson::STRING_ERROR;
}

error_code check(ondemand::value value, std::size_t depth);

error_code check_array(ondemand::array array, std::size_t depth) {
  for (auto element : array) {
    ondemand::value value;
    if (const auto error = element.get(value)) return error;
    if (const auto error = check(value, depth + 1)) return error;
  }
  return simdjson::SUCCESS;
}

error_code check_object(ondemand::object object, std::size_t depth) {
  for (auto read : object) {
    ondemand::field field;
    if (const auto error = std::move(read).get(field)) return error;
    std::string_view ignored;
    if (const auto error = read_key(field, ignored)) return error;
    if (const auto error = check(field.value(), depth + 1)) return error;
  }
  return simdjson::SUCCESS;
}

/// A number that is well formed but has no double is infinite.
error_code read_double(ondemand::value value, double& number) {
  const std::string_view token = value.raw_json_token();
  const auto error = value.get_double().get(number);
  if (!error) return error;
  const auto text = trimmed(token.data(), token.data() + token.size());
  const auto [end, overflow] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (overflow != std::errc::result_out_of_range || end != text.data() + text.size()) return error;
  number = std::numeric_limits<double>::infinity();
  return simdjson::SUCCESS;
}

error_code read_scalar(ondemand::value value, ondemand::json_type type, JsonMember& member) {
  switch (type) {
    case ondemand::json_type::number:
      member.kind = JsonKind::number;
      return read_double(value, member.number);
    case ondemand::json_type::string:
      member.kind = JsonKind::string;
      return value.get_string().get(member.string);
    case ondemand::json_type::boolean: {
      bool ignored = false;
      member.kind = JsonKind::boolean;
      return value.get_bool().get(ignored);
    }
    default: {
      bool null = false;
      member.kind = JsonKind::null;
      const auto error = value.is_null().get(null);
      return error ? error : (null ? simdjson::SUCCESS : simdjson::N_ATOM_ERROR);
    }
  }
}

error_code check(ondemand::value value, std::size_t depth) {
  if (depth > max_depth) return simdjson::DEPTH_ERROR;
  ondemand::json_type type{};
  if (const auto error = value.type().get(type)) return error;
  if (type == ondemand::json_type::array) {
    ondemand::array array;
    const auto error = value.get_array().get(array);
    return error ? error : check_array(array, depth);
  }
  if (type == ondemand::json_type::object) {
    ondemand::object object;
    const auto error = value.get_object().get(object);
    return error ? error : check_object(object, depth);
  }
  JsonMember ignored;
  return read_scalar(value, type, ignored);
}

error_code read_value(ondemand::document& document, ondemand::value value, JsonMember& member) {
  ondemand::json_type type{};
  if (const auto error = value.type().get(type)) return error;
  const std::string_view token = value.raw_json_token();
  const bool composite = type == ondemand::json_type::array || type == ondemand::json_type::object;
  if (!composite) {
    member.text = trimmed(token.data(), token.data() + token.size());
    return read_scalar(value, type, member);
  }
  member.kind = JsonKind::composite;
  if (const auto error = check(value, 2)) return error;
  const char* next = nullptr;
  if (const auto error = document.current_location().get(next)) return error;
  member.text = trimmed(token.data(), next);
  return simdjson::SUCCESS;
}

error_code read_members(ondemand::document& document, std::vector<JsonMember>& members) {
  ondemand::object object;
  if (const auto error = document.get_object().get(object)) return error;
  for (auto read : object) {
    ondemand::field field;
    if (const auto error = std::move(read).get(field)) return error;
    JsonMember member;
    if (const auto error = read_key(field, member.name)) return error;
    if (const auto error = read_value(document, field.value(), member)) return error;
    members.push_back(member);
  }
  const char* behind = nullptr;
  const bool at_end = document.current_location().get(behind) == simdjson::OUT_OF_BOUNDS;
  return at_end ? simdjson::SUCCESS : simdjson::TAPE_ERROR;
}

evaluation::FieldError error_of(error_code error, std::string_view text) {
  if (error == simdjson::UTF8_ERROR) return {"row", evaluation::Code::bad_encoding, "not valid UTF-8"};
  const bool other_json = error == simdjson::INCORRECT_TYPE && evaluation::is_json(text);
  if (other_json) return {"row", evaluation::Code::wrong_type, "expected an object"};
  if (error == simdjson::DEPTH_ERROR) return {"row", evaluation::Code::bad_json, "nested too deep"};
  return {"row", evaluation::Code::bad_json, "not valid JSON"};
}

}  // namespace

struct JsonScanner::Impl {
  ondemand::parser parser;
};

JsonScanner::JsonScanner() : impl_(std::make_unique<Impl>()) {}
JsonScanner::~JsonScanner() = default;

std::optional<evaluation::FieldError> JsonScanner::scan(std::string_view text, std::vector<JsonMember>& members) {
  members.clear();
  ondemand::document document;
  auto error = impl_->parser.iterate(text.data(), text.size(), text.size() + padding).get(document);
  if (!error) error = read_members(document, members);
  if (!error) return std::nullopt;
  return error_of(error, text);
}

}  // namespace kordon::batch
