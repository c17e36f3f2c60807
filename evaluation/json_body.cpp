#include "evaluation/json_body.hpp"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <unordered_set>
#include <utility>

#include "evaluation/fields.hpp"

namespace kordon::evaluation {
namespace {

using Json = nlohmann::json;

FieldErrors parse_errors(std::size_t byte, const nlohmann::detail::exception& error) {
  // nlohmann's own text quotes the body; the place and the kind are enough.
  const bool overflow = error.id == 406;
  return {{"body", overflow ? Code::out_of_range : Code::bad_json,
           fmt::format("{} at byte {}", overflow ? "a number too large for a double" : "not valid JSON", byte)}};
}

FieldErrors depth_errors() {
  return {{"body", Code::bad_json, fmt::format("nested deeper than {} levels", max_json_depth)}};
}

/// Takes any value and keeps nothing.
class Validator final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& error) override {
    errors = parse_errors(byte, error);
    return false;
  }

  FieldErrors errors;

 private:
  bool open() {
    if (++depth_ > max_json_depth) errors = depth_errors();
    return errors.empty();
  }
  bool close() {
    --depth_;
    return true;
  }

  std::size_t depth_ = 0;
};

/// What an open array or object is to the body.
enum class Container : std::uint8_t { top_object, parameters, skipped };

/// The events of nlohmann's SAX parser; false stops it.
class MemberReader final : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return value(Null{}); }
  bool boolean(bool flag) override { return value(flag); }
  bool number_integer(number_integer_t number) override { return value(std::int64_t{number}); }
  bool number_unsigned(number_unsigned_t number) override {
    return std::in_range<std::int64_t>(number) ? value(static_cast<std::int64_t>(number))
                                               : value(static_cast<double>(number));
  }
  bool number_float(number_float_t number, const string_t&) override { return value(number); }
  bool string(string_t& text) override { return value(std::move(text)); }
  bool binary(binary_t&) override { return value(Composite{}); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override;
  bool parse_error(std::size_t byte, const std::string& token, const nlohmann::detail::exception& error) override;

  std::expected<Members, FieldErrors> take() {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(members_);
  }

 private:
  bool open(bool is_array);
  bool close() {
    containers_.pop_back();
    return true;
  }
  bool value(Value value);
  bool stop(std::string where, Code code, std::string message);
  [[nodiscard]] bool in_parameters() const { return containers_.back() == Container::parameters; }

  std::vector<Container> containers_;
  std::string key_;
  std::array<std::unordered_set<std::string>, 2> seen_;  ///< keys of the object, and of `parameters`
  Members members_;
  FieldErrors errors_;
};

bool MemberReader::stop(std::string where, Code code, std::string message) {
  errors_.push_back({std::move(where), code, std::move(message)});
  return false;
}

bool MemberReader::open(bool is_array) {
  if (containers_.size() >= max_json_depth) {
    errors_ = depth_errors();
    return false;
  }
  if (containers_.empty()) {
    if (is_array) return stop("body", Code::wrong_type, "expected an object");
    containers_.push_back(Container::top_object);
    return true;
  }
  const bool in_top = containers_.back() == Container::top_object;
  if (in_top && !is_array && key_ == "parameters") {
    containers_.push_back(Container::parameters);
    return true;
  }
  const bool items = in_top && is_array && key_ == "items";
  if (!items && !value(Composite{})) return false;
  containers_.push_back(Container::skipped);
  return true;
}

bool MemberReader::key(string_t& name) {
  if (containers_.back() == Container::skipped) return true;
  key_ = std::move(name);
  if (seen_[in_parameters() ? 1 : 0].insert(key_).second) return true;
  return stop(where_of({key_, Null{}, in_parameters()}), Code::duplicate,
              "given more than once, expected at most one value");
}

bool MemberReader::value(Value value) {
  if (containers_.empty()) return stop("body", Code::wrong_type, "expected an array or an object");
  if (containers_.back() == Container::skipped) return true;
  if (!in_parameters() && key_ == "items") return stop("items", Code::wrong_type, "expected an array");
  members_.push_back({key_, std::move(value), in_parameters()});
  return true;
}

bool MemberReader::parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& error) {
  errors_ = parse_errors(byte, error);
  return false;
}

}  // namespace

std::expected<Members, FieldErrors> read_json_members(std::string_view body) {
  MemberReader reader;
  Json::sax_parse(body, &reader);
  return reader.take();
}

std::expected<void, FieldErrors> check_json(std::string_view text) {
  Validator validator;
  Json::sax_parse(text, &validator);
  if (validator.errors.empty()) return {};
  return std::unexpected(std::move(validator.errors));
}

bool is_json(std::string_view text) { return Json::accept(text); }

std::string indented(std::string_view json) { return nlohmann::ordered_json::parse(json).dump(2); }

}  // namespace kordon::evaluation
