#include "config/read_policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/json_node.hpp"
#include "config/read_area.hpp"

namespace kordon::config {
namespace {

using policy::Activity;
using policy::Effect;
using policy::Instant;
using policy::Parameter;
using policy::Policy;
using policy::Rule;
using policy::Source;

/// Index of the item with this id; a fault that says what it is, if there is none.
template <typename T>
std::size_t index_of(const Node& node, const std::vector<T>& items, std::string_view what) {
  const auto id = node.text();
  const auto found = std::ranges::find(items, id.value_or(""), &T::id);
  if (found != items.end()) return static_cast<std::size_t>(found - items.begin());
  if (id && !id->empty()) node.fault(fmt::format("{} '{}' is not in this policy", what, *id));
  return 0;
}

/// Reads every item of a list whose ids must be distinct.
template <typename T>
std::vector<T> read_list(const Members& members, std::string_view key, const auto& read_item) {
  std::vector<T> items;
  for (const auto& node : members.items(key)) {
    T item = read_item(node);
    const bool repeated = std::ranges::find(items, item.id, &T::id) != items.end();
    if (repeated && !item.id.empty()) node.fault(fmt::format("id '{}' is used twice in {}", item.id, key));
    items.push_back(std::move(item));
  }
  return items;
}

std::optional<Instant> read_instant(const std::optional<Node>& node) {
  const auto text = node ? node->text() : std::nullopt;
  if (!text || text->empty()) return std::nullopt;
  const auto instant = policy::parse_instant(*text);
  if (!instant) node->fault(fmt::format("is '{}', expected an RFC 3339 time as 2024-05-30T00:00:00Z", *text));
  return instant;
}

policy::Source read_source(const Node& node) {
  const auto members = node.members({"id", "title", "publisher", "date", "summary"});
  policy::Source source{members.text("id"), members.text("title"), members.text("publisher"), members.text("date"),
                        members.text("summary")};
  if (!source.date.empty() && !policy::parse_instant(source.date + "T00:00:00Z")) {
    members.find("date")->fault(fmt::format("is '{}', expected a calendar date as 2024-05-30", source.date));
  }
  return source;
}

policy::Parameter read_parameter(const Node& node) {
  const auto members = node.members({"id", "title", "unit", "value", "min", "max", "assumed", "note"});
  policy::Parameter parameter;
  parameter.id = members.text("id");
  parameter.title = members.text("title");
  parameter.value = members.number("value", {});
  parameter.min = members.number("min", {});
  parameter.max = members.number("max", {});
  parameter.assumed = members.flag("assumed");
  parameter.note = members.text("note");

  const auto symbol = members.text("unit");
  const auto unit = policy::find_unit(symbol);
  if (unit) parameter.unit = *unit;
  if (!unit && !symbol.empty()) members.find("unit")->fault(fmt::format("is '{}', expected m, km or nmi", symbol));
  if (unit && !parameter.id.empty() && !parameter.id.ends_with('_' + symbol)) {
    members.find("id")->fault(
        fmt::format("is '{}', expected an id that ends in the unit: '_{}'", parameter.id, symbol));
  }
  if (parameter.min > parameter.max) {
    node.fault(fmt::format("min {} is above max {}", parameter.min, parameter.max));
  } else if (parameter.value < parameter.min || parameter.value > parameter.max) {
    node.fault(fmt::format("value {} is outside min {} to max {}", parameter.value, parameter.min, parameter.max));
  }
  return parameter;
}

policy::Effect read_effect(const std::optional<Node>& node) {
  const auto text = node ? node->text().value_or("") : "";
  if (!text.empty() && text != "permit" && text != "prohibit") {
    node->fault(fmt::format("is '{}', expected permit or prohibit", text));
  }
  return text == "prohibit" ? policy::Effect::prohibit : policy::Effect::permit;
}

/// `rests`: by activity, what is to be said of the border sections in its scope.
policy::Rule read_rule(const Node& node, const policy::Policy& policy, Names names,
                       const std::vector<std::vector<std::string>>& rests) {
  const auto members =
      node.members({"id", "title", "activity", "effect", "area", "sources"}, {"from", "until", "assumed"});
  policy::Rule rule;
  rule.id = members.text("id");
  rule.title = members.text("title");
  if (const auto activity = members.find("activity"))
    rule.activity = index_of(*activity, policy.activities, "activity");
  rule.effect = read_effect(members.find("effect"));
  std::vector<std::string> accepted;
  if (rule.activity < rests.size()) accepted = rests[rule.activity];
  names.accepted = &accepted;
  if (const auto area = members.find("area")) rule.area = read_area(*area, names);
  rule.in_force = {read_instant(members.find("from")), read_instant(members.find("until"))};
  rule.assumed = members.texts("assumed");
  rule.assumed.insert(rule.assumed.end(), accepted.begin(), accepted.end());
  for (const auto& source : members.items("sources", 1)) {
    rule.sources.push_back(index_of(source, policy.sources, "source"));
  }

  const auto& [from, until] = rule.in_force;
  if (from && until && *from >= *until) {
    node.fault(fmt::format("from {} is not before until {}", policy::to_text(*from), policy::to_text(*until)));
  }
  return rule;
}

}  // namespace

policy::Policy read_policy(const std::filesystem::path& file, const geo::Atlas* atlas, Faults& faults) {
  policy::Policy policy;
  const auto json = read_json(file);
  if (!json) {
    faults.push_back(json.error());
    return policy;
  }
  const Node root(*json, file.string(), faults);
  const auto members = root.members(
      {"id", "title", "description", "disclaimer", "dates_note", "known_through", "sources", "activities", "rules"},
      {"$schema", "parameters"});
  policy.id = members.text("id");
  policy.title = members.text("title");
  policy.description = members.text("description");
  policy.disclaimer = members.text("disclaimer");
  policy.dates_note = members.text("dates_note");
  policy.known_through = read_instant(members.find("known_through")).value_or(Instant{});
  policy.sources = read_list<policy::Source>(members, "sources", read_source);
  policy.parameters = read_list<policy::Parameter>(members, "parameters", read_parameter);

  Names names{atlas, policy.parameters};
  std::vector<std::vector<std::string>> rests;
  policy.activities = read_list<policy::Activity>(members, "activities", [&](const Node& node) {
    const auto activity = node.members({"id", "title", "scope"});
    const auto scope = activity.find("scope");
    names.accepted = &rests.emplace_back();
    return policy::Activity{activity.text("id"), activity.text("title"),
                            scope ? read_area(*scope, names) : policy::Area{}};
  });
  policy.rules = read_list<policy::Rule>(members, "rules",
                                         [&](const Node& node) { return read_rule(node, policy, names, rests); });
  return policy;
}

}  // namespace kordon::config
