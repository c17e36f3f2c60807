#include "evaluation/json_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "evaluation/fields.hpp"

namespace kordon::evaluation {
namespace {

using Json = nlohmann::json;

/// What an open array or object is in the body's shape.
enum class ResponseTemplate { top_object, items, item, parameters, skipped };

/// The events of nlohmann's SAX parser; false stops it.
class BodyReader final : public nlohmann::json_sax<Json> {
 public:
  explicit BodyReader(std::size_t max_items) : max_items_(max_items) {}

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
  bool parse_error(std::size_t byte, const std::string& token, const nlohmann::detail::exception& fault) override;

  std::expected<JsonBody, FieldErrors> take() {
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(body_);
  }

 private:
  bool open(bool is_array);
  ResponseTemplate frame_of_child(bool is_array);
  bool close();
  bool value(Value value);
  bool start_item();
  bool stop(std::string where, Code code, std::string message);
  void item_or_body_fault(std::string where, Code code, std::string message);
  [[nodiscard]] bool in_item() const { return std::ranges::find(frames_, ResponseTemplate::items) != frames_.end(); }
  Members& members() { return in_item() ? body_.items->back().members : body_.members; }

  std::size_t max_items_;
  std::vector<ResponseTemplate> frames_;
  std::string key_;
  JsonBody body_;
  FieldErrors errors_;
};

bool BodyReader::stop(std::string where, Code code, std::string message) {
  errors_.push_back({std::move(where), code, std::move(message)});
  return false;
}

void BodyReader::item_or_body_fault(std::string where, Code code, std::string message) {
  FieldErrors& errors = in_item() ? body_.items->back().errors : errors_;
  errors.push_back({std::move(where), code, std::move(message)});
}

bool BodyReader::start_item() {
  if (body_.items->size() >= max_items_) {
    return stop("items", Code::too_many_items, fmt::format("expected at most {} items", max_items_));
  }
  body_.items->emplace_back();
  return true;
}

ResponseTemplate BodyReader::frame_of_child(bool is_array) {
  switch (frames_.back()) {
    case ResponseTemplate::items:
      return is_array ? ResponseTemplate::skipped : ResponseTemplate::item;
    case ResponseTemplate::top_object:
      if (is_array && key_ == "items") return ResponseTemplate::items;
      [[fallthrough]];
    case ResponseTemplate::item:
      return !is_array && key_ == "parameters" ? ResponseTemplate::parameters : ResponseTemplate::skipped;
    default:
      return ResponseTemplate::skipped;
  }
}

bool BodyReader::open(bool is_array) {
  if (frames_.size() >= max_json_depth) {
    return stop("body", Code::bad_json, fmt::format("nested deeper than {} levels", max_json_depth));
  }
  if (frames_.empty()) {
    frames_.push_back(is_array ? ResponseTemplate::items : ResponseTemplate::top_object);
    if (is_array) body_.items.emplace();
    return true;
  }
  const ResponseTemplate child = frame_of_child(is_array);
  if (child == ResponseTemplate::items) body_.items.emplace();
  if (child == ResponseTemplate::item && !start_item()) return false;
  if (child == ResponseTemplate::skipped && frames_.back() != ResponseTemplate::skipped && !value(Composite{}))
    return false;
  frames_.push_back(child);
  return true;
}

bool BodyReader::close() {
  frames_.pop_back();
  return true;
}

bool BodyReader::key(string_t& name) {
  if (frames_.back() == ResponseTemplate::skipped) return true;
  key_ = std::move(name);
  const bool in_parameters = frames_.back() == ResponseTemplate::parameters;
  const bool repeated = std::ranges::any_of(
      members(), [&](const Member& member) { return member.key == key_ && member.in_parameters == in_parameters; });
  const bool items_again = frames_.back() == ResponseTemplate::top_object && key_ == "items" && body_.items;
  if (repeated || items_again) {
    item_or_body_fault(where_of({key_, Null{}, in_parameters}), Code::duplicate,
                       "given more than once, expected at most one value");
  }
  return !items_again;
}

bool BodyReader::value(Value value) {
  if (frames_.empty()) return stop("body", Code::wrong_type, "expected an array or an object");
  switch (frames_.back()) {
    case ResponseTemplate::skipped:
      return true;
    case ResponseTemplate::items:
      if (!start_item()) return false;
      item_or_body_fault("", Code::wrong_type, "expected an object");
      return true;
    case ResponseTemplate::top_object:
      if (key_ == "items") return stop("items", Code::wrong_type, "expected an array");
      break;
    default:
      break;
  }
  members().push_back({key_, std::move(value), frames_.back() == ResponseTemplate::parameters});
  return true;
}

bool BodyReader::parse_error(std::size_t byte, const std::string&, const nlohmann::detail::exception& fault) {
  // nlohmann's own text quotes the body; the place and the kind are enough.
  const bool overflow = fault.id == 406;
  return stop("body", overflow ? Code::out_of_range : Code::bad_json,
              fmt::format("{} at byte {}", overflow ? "a number too large for a double" : "not valid JSON", byte));
}

}  // namespace

std::expected<JsonBody, FieldErrors> read_json_body(std::string_view body, std::size_t max_items) {
  BodyReader reader(max_items);
  Json::sax_parse(body, &reader);
  return reader.take();
}

bool is_json(std::string_view text) { return Json::accept(text); }

std::string indented(std::string_view json) { return nlohmann::ordered_json::parse(json).dump(2); }

}  // namespace kordon::evaluation
