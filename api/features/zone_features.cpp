#include <algorithm>

#include "api/features/feature_set.hpp"
#include "policy/values.hpp"

namespace kordon::api::features {
namespace {

/// A rule and the values that its policy's parameters have.
struct Zone {
  const policy::Policy* policy;
  const policy::Rule* rule;
  std::vector<double> values;
};

void write_texts(text::JsonWriter& out, const std::vector<std::string>& texts) {
  out.begin_array();
  for (const auto& text : texts) out.text(text);
  out.end_array();
}

void write_instant(text::JsonWriter& out, const std::optional<policy::Instant>& instant) {
  instant ? out.text(policy::to_text(*instant)) : out.null();
}

std::string_view effect_name(policy::Effect effect) { return effect == policy::Effect::permit ? "permit" : "prohibit"; }

bool uses(const policy::Area& area, std::size_t parameter) {
  const bool here = area.kind == policy::Area::Kind::within && area.radius.parameter == parameter;
  return here || std::ranges::any_of(area.parts, [&](const policy::Area& part) { return uses(part, parameter); });
}

class Zones final : public FeatureSet {
 public:
  Zones(const world::World& world, std::vector<Zone> zones, double max_offset_deg)
      : world_(world), zones_(std::move(zones)), max_offset_deg_(max_offset_deg) {}

  [[nodiscard]] std::size_t count() const override { return zones_.size(); }
  [[nodiscard]] std::string id(std::size_t i) const override { return zones_[i].policy->id + ':' + zones_[i].rule->id; }
  [[nodiscard]] policy::Interval in_force(std::size_t i) const override { return zones_[i].rule->in_force; }

  [[nodiscard]] cartography::Box extent(std::size_t i) const override {
    return world_.maps.zone_extent(zones_[i].rule->area, zones_[i].values, max_offset_deg_);
  }

  [[nodiscard]] std::expected<Geometry, evaluation::FieldErrors> geometry(std::size_t i) const override {
    auto polygons = world_.maps.zone(zones_[i].rule->area, zones_[i].values, max_offset_deg_);
    if (polygons) return polygons;
    return std::unexpected(
        evaluation::FieldErrors{{"max-allowable-offset", evaluation::Code::too_detailed,
                                 "zone " + id(i) + " has too many vertices; expected a larger offset"}});
  }

  void write_properties(text::JsonWriter& out, std::size_t i) const override {
    const auto& [policy, rule, values] = zones_[i];
    out.begin_object().key("policy").text(policy->id).key("rule").text(rule->id).key("title").text(rule->title);
    out.key("activity").text(policy->activities[rule->activity].id);
    out.key("effect").text(effect_name(rule->effect)).key("from");
    write_instant(out, rule->in_force.from);
    out.key("until");
    write_instant(out, rule->in_force.until);
    out.key("known_through").text(policy::to_text(policy->known_through)).key("parameters").begin_object();
    for (std::size_t p = 0; p < values.size(); ++p) {
      const auto& parameter = policy->parameters[p];
      if (!uses(rule->area, p)) continue;
      out.key(parameter.id).begin_object().key("value").number(values[p]);
      out.key("assumed").boolean(parameter.assumed && values[p] == parameter.value).end_object();
    }
    out.end_object().key("assumed");
    write_texts(out, rule->assumed);
    out.key("notice").text(policy->disclaimer).end_object();
  }

  [[nodiscard]] Properties properties(std::size_t i) const override {
    const auto& [policy, rule, values] = zones_[i];
    return {{"id", id(i)},
            {"policy", policy->id},
            {"activity", policy->activities[rule->activity].id},
            {"effect", std::string(effect_name(rule->effect))}};
  }

 private:
  const world::World& world_;
  std::vector<Zone> zones_;
  double max_offset_deg_;
};

std::vector<double> read_values(const policy::Policy& policy, evaluation::Fields& fields) {
  policy::Overrides overrides;
  for (const auto& parameter : policy.parameters) {
    if (const auto value = fields.number(parameter.id)) overrides.emplace(parameter.id, *value);
  }
  auto values = policy::choose_values(policy, overrides);
  if (values) return std::move(*values);
  for (auto& fault : values.error())
    fields.add_error(fault.parameter, evaluation::Code::out_of_range, std::move(fault.message));
  return {};
}

}  // namespace

std::vector<std::string_view> zone_keys(const world::World& world) {
  std::vector<std::string_view> keys{"policy", "activity"};
  for (const auto& policy : world.policies) {
    for (const auto& parameter : policy.parameters) {
      if (std::ranges::find(keys, parameter.id) == keys.end()) keys.push_back(parameter.id);
    }
  }
  return keys;
}

std::unique_ptr<FeatureSet> zones_of(const world::World& world, evaluation::Fields& fields, double max_offset_deg) {
  const auto policy_id = fields.text("policy");
  const auto activity_id = fields.text("activity");
  bool known_policy = !policy_id;
  bool known_activity = !activity_id;
  std::vector<Zone> zones;
  for (const auto& policy : world.policies) {
    if (policy_id && *policy_id != policy.id) continue;
    known_policy = true;
    known_activity = known_activity || policy.find_activity(*activity_id);
    const auto values = read_values(policy, fields);
    for (const auto& rule : policy.rules) {
      const auto& activity = policy.activities[rule.activity].id;
      if (!activity_id || *activity_id == activity) zones.push_back({&policy, &rule, values});
    }
  }
  if (!known_policy)
    fields.add_error("policy", evaluation::Code::unknown_policy, "expected one of those that /v1/policies lists");
  if (known_policy && !known_activity) {
    fields.add_error("activity", evaluation::Code::unknown_activity, "expected one of those that /v1/policies lists");
  }
  return std::make_unique<Zones>(world, std::move(zones), max_offset_deg);
}

}  // namespace kordon::api::features
