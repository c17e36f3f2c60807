#include "config/json_node.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kordon::config {
namespace {

constexpr std::array<std::string_view, 6> type_names{"null",     "a boolean", "a number",
                                                     "a string", "an array",  "an object"};

std::string escaped(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace

void Node::fault(std::string message) const {
  faults_->push_back({pointer_.empty() ? file_ : file_ + ": " + pointer_, std::move(message)});
}

template <typename T>
const T* Node::as(std::string_view expected) const {
  const auto* value = std::get_if<T>(&json_->value);
  if (value == nullptr) fault(fmt::format("is {}, expected {}", type_names[json_->value.index()], expected));
  return value;
}

Node Node::child(const Json& json, std::string_view key) const {
  Node node = *this;
  node.json_ = &json;
  node.pointer_ += '/' + escaped(key);
  return node;
}

bool Node::is_array() const { return std::holds_alternative<Json::Array>(json_->value); }

std::optional<std::string> Node::text() const {
  const auto* value = as<std::string>("a string");
  if (value == nullptr) return std::nullopt;
  if (value->empty()) fault("is empty");
  return *value;
}

std::optional<double> Node::number(Range range) const {
  const auto* value = as<double>("a number");
  if (value == nullptr) return std::nullopt;
  if (*value >= range.min && *value <= range.max) return *value;
  fault(range.max == Range{}.max ? fmt::format("is {}, expected at least {}", *value, range.min)
                                 : fmt::format("is {}, expected {} to {}", *value, range.min, range.max));
  return std::nullopt;
}

std::optional<bool> Node::flag() const {
  const auto* value = as<bool>("true or false");
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::vector<Node> Node::items(std::size_t min) const {
  std::vector<Node> nodes;
  const auto* array = as<Json::Array>("an array");
  if (array == nullptr) return nodes;
  for (const auto& item : *array) nodes.push_back(child(item, std::to_string(nodes.size())));
  if (nodes.size() < min) fault(fmt::format("has {} items, expected at least {}", nodes.size(), min));
  return nodes;
}

std::vector<std::pair<std::string, Node>> Node::entries() const {
  std::vector<std::pair<std::string, Node>> nodes;
  const auto* object = as<Json::Object>("an object");
  if (object == nullptr) return nodes;
  for (const auto& [key, json] : *object) nodes.emplace_back(key, child(json, key));
  return nodes;
}

Members Node::members(std::initializer_list<std::string_view> required,
                      std::initializer_list<std::string_view> optional) const {
  Members found;
  if (as<Json::Object>("an object") == nullptr) return found;
  found.members_ = entries();

  std::vector<std::string_view> known(required);
  known.insert(known.end(), optional);
  for (const auto& [key, node] : found.members_) {
    if (std::ranges::find(known, key) != known.end()) continue;
    node.fault(fmt::format("is not a known key, expected one of {}", fmt::join(known, ", ")));
  }
  for (const auto key : required) {
    if (!found.find(key)) fault(fmt::format("key '{}' is missing", key));
  }
  return found;
}

std::optional<std::pair<std::string, Node>> Node::only_member(std::initializer_list<std::string_view> known) const {
  if (as<Json::Object>("an object") == nullptr) return std::nullopt;
  auto nodes = entries();
  if (nodes.size() != 1) {
    fault(fmt::format("expected exactly one of {}", fmt::join(known, ", ")));
    return std::nullopt;
  }
  if (std::ranges::find(known, nodes.front().first) != known.end()) return std::move(nodes.front());
  nodes.front().second.fault(fmt::format("is not a known key, expected one of {}", fmt::join(known, ", ")));
  return std::nullopt;
}

std::optional<Node> Members::find(std::string_view key) const {
  for (const auto& [name, node] : members_) {
    if (name == key) return node;
  }
  return std::nullopt;
}

std::string Members::text(std::string_view key, const std::string& fallback) const {
  const auto node = find(key);
  return node ? node->text().value_or(fallback) : fallback;
}

double Members::number(std::string_view key, Range range, double fallback) const {
  const auto node = find(key);
  return node ? node->number(range).value_or(fallback) : fallback;
}

std::size_t Members::count(std::string_view key, Range range, std::size_t fallback) const {
  const auto node = find(key);
  const auto value = node ? node->number(range) : std::nullopt;
  if (!value) return fallback;
  if (*value != std::floor(*value)) node->fault(fmt::format("is {}, expected a whole number", *value));
  return static_cast<std::size_t>(*value);
}

bool Members::flag(std::string_view key) const {
  const auto node = find(key);
  return node && node->flag().value_or(false);
}

std::vector<Node> Members::items(std::string_view key, std::size_t min) const {
  const auto node = find(key);
  return node ? node->items(min) : std::vector<Node>();
}

std::vector<std::string> Members::texts(std::string_view key) const {
  std::vector<std::string> values;
  for (const auto& item : items(key)) values.push_back(item.text().value_or(""));
  return values;
}

}  // namespace kordon::config
