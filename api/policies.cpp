#include "api/policies.hpp"

#include <algorithm>

#include "evaluation/evaluation_json.hpp"
#include "text/json_writer.hpp"

namespace kordon::api {
namespace {

void write_instant(text::JsonWriter& out, const std::optional<policy::Instant>& instant) {
  instant ? out.text(policy::to_text(*instant)) : out.null();
}

void write_radius(text::JsonWriter& out, const policy::Radius& radius, const policy::Policy& policy) {
  if (radius.parameter) {
    out.key("parameter").text(policy.parameters[*radius.parameter].id);
    return;
  }
  out.key("radius").number(radius.value).key("unit").text(policy::info(radius.unit).symbol);
}

void write_parts(text::JsonWriter& out, std::string_view name, const policy::Area& area, const policy::Policy& policy);

/// As policy files write areas, but with the radius beside its target.
void write_area(text::JsonWriter& out, const policy::Area& area, const policy::Policy& policy) {
  using enum policy::Area::Kind;
  out.begin_object();
  switch (area.kind) {
    case everywhere:
      out.key("everywhere").boolean(true);
      break;
    case inside:
      out.key("inside").text(area.target_id);
      break;
    case within:
      out.key("within").text(area.target_id);
      write_radius(out, area.radius, policy);
      break;
    case all:
      write_parts(out, "all", area, policy);
      break;
    case any:
      write_parts(out, "any", area, policy);
      break;
    case negation:
      out.key("not");
      write_area(out, area.parts.front(), policy);
      break;
  }
  out.end_object();
}

void write_parts(text::JsonWriter& out, std::string_view name, const policy::Area& area, const policy::Policy& policy) {
  out.key(name).begin_array();
  for (const auto& part : area.parts) write_area(out, part, policy);
  out.end_array();
}

void write_source(text::JsonWriter& out, const policy::Source& source) {
  out.begin_object();
  out.key("id").text(source.id).key("title").text(source.title).key("publisher").text(source.publisher);
  out.key("date").text(source.date).key("summary").text(source.summary).end_object();
}

void write_parameter(text::JsonWriter& out, const policy::Parameter& parameter) {
  out.begin_object();
  out.key("id").text(parameter.id).key("title").text(parameter.title);
  out.key("unit").text(policy::info(parameter.unit).symbol).key("value").number(parameter.value);
  out.key("min").number(parameter.min).key("max").number(parameter.max);
  out.key("assumed").boolean(parameter.assumed).key("note").text(parameter.note).end_object();
}

void write_rule(text::JsonWriter& out, const policy::Rule& rule, const policy::Policy& policy) {
  out.begin_object();
  out.key("id").text(rule.id).key("title").text(rule.title);
  out.key("activity").text(policy.activities[rule.activity].id);
  out.key("effect").text(rule.effect == policy::Effect::permit ? "permit" : "prohibit").key("area");
  write_area(out, rule.area, policy);
  out.key("from");
  write_instant(out, rule.in_force.from);
  out.key("until");
  write_instant(out, rule.in_force.until);
  out.key("sources").begin_array();
  for (const std::size_t source : rule.sources) out.text(policy.sources[source].id);
  out.end_array().key("assumed").begin_array();
  for (const auto& assumption : rule.assumed) out.text(assumption);
  out.end_array().end_object();
}

void write_activity(text::JsonWriter& out, const policy::Activity& activity, const policy::Policy& policy) {
  out.begin_object();
  out.key("id").text(activity.id).key("title").text(activity.title).key("scope");
  write_area(out, activity.scope, policy);
  out.end_object();
}

void write_policy(text::JsonWriter& out, const policy::Policy& policy) {
  out.key("id").text(policy.id).key("title").text(policy.title).key("description").text(policy.description);
  out.key("disclaimer").text(policy.disclaimer).key("dates_note").text(policy.dates_note);
  out.key("known_through").text(policy::to_text(policy.known_through));
  out.key("parameters").begin_array();
  for (const auto& parameter : policy.parameters) write_parameter(out, parameter);
  out.end_array().key("activities").begin_array();
  for (const auto& activity : policy.activities) write_activity(out, activity, policy);
  out.end_array().key("rules").begin_array();
  for (const auto& rule : policy.rules) write_rule(out, rule, policy);
  out.end_array().key("sources").begin_array();
  for (const auto& source : policy.sources) write_source(out, source);
  out.end_array();
}

}  // namespace

std::string policies_json(const world::World& world) {
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("policies").begin_array();
  for (const auto& policy : world.policies) {
    out.begin_object().key("id").text(policy.id).key("title").text(policy.title);
    out.key("known_through").text(policy::to_text(policy.known_through)).key("activities").begin_array();
    for (const auto& activity : policy.activities) out.text(activity.id);
    out.end_array().key("url").text("/v1/policies/" + policy.id).end_object();
  }
  out.end_array();
  evaluation::write_provenance(out, world);
  out.end_object();
  return json;
}

std::optional<std::string> policy_json(const world::World& world, std::string_view id) {
  const auto policy = std::ranges::find(world.policies, id, &policy::Policy::id);
  if (policy == world.policies.end()) return std::nullopt;
  std::string json;
  text::JsonWriter out(json);
  out.begin_object();
  write_policy(out, *policy);
  evaluation::write_provenance(out, world);
  out.end_object();
  return json;
}

}  // namespace kordon::api
