#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <set>

#include "evaluation/evaluate_request.hpp"
#include "evaluation/fields.hpp"
#include "evaluation/key_kinds.hpp"
#include "evaluation/read_survey.hpp"
#include "evaluation/time_reading.hpp"
#include "policy/values.hpp"

namespace kordon::evaluation {
namespace {

/// A policy that is asked, the activities that are asked of it, and the values to ask with.
struct Chosen {
  const policy::Policy* policy;
  std::vector<std::size_t> activities;
  policy::Overrides overrides;
};

TimeReading read_how(Fields& fields) {
  TimeReading how;
  if (const auto name = fields.text("at_zone")) {
    auto zone = TimeZone::named(*name);
    if (zone) how.zone = std::make_shared<const TimeZone>(std::move(*zone));
    if (!zone) fields.add_error("at_zone", Code::bad_time, std::move(zone.error()));
  }
  if (const auto format = fields.text("at_format")) {
    if (const auto good = check_time_format(*format); !good)
      fields.add_error("at_format", Code::bad_time, good.error());
    how.format = *format;
  }
  return how;
}

std::optional<std::string> number_text(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return fmt::format("{}", *integer);
  return std::nullopt;
}

/// A number is a moment where the format says so.
std::optional<std::string> time_text_of(Fields& fields, const TimeReading& how) {
  const Member* member = fields.find("at");
  auto number = member == nullptr ? std::nullopt : number_text(member->value);
  if (!number) return fields.text("at");
  if (!how.format.empty()) return number;
  fields.add_error(
      "at", Code::wrong_type,
      fmt::format("expected a time as text, got {}; if it counts from 1970, state the format (at_format): unix "
                  "for seconds, unix_ms for milliseconds",
                  *number));
  return std::nullopt;
}

policy::Instant read_at(Fields& fields, policy::Instant now) {
  const TimeReading how = read_how(fields);
  auto text = time_text_of(fields, how);
  if (!text || !fields.good()) return now;
  auto at = read_time_text(*text, how);
  // In a query the plus of `+03:00` arrives as a blank unless the client escaped it.
  const bool untyped = std::holds_alternative<Untyped>(fields.find("at")->value);
  if (!at && untyped && text->size() > 6 && text->at(text->size() - 6) == ' ') {
    text->at(text->size() - 6) = '+';
    if (const auto restored = read_time_text(*text, how)) at = *restored;
  }
  if (at) return *at;
  fields.add_error("at", Code::bad_time, std::move(at.error()));
  return now;
}

std::vector<Chosen> read_policies(const world::World& world, Fields& fields) {
  const auto id = fields.text("policy");
  std::vector<Chosen> chosen;
  std::set<std::string> known;
  for (const auto& policy : world.policies) {
    known.insert(policy.id);
    if (!id || *id == policy.id) chosen.push_back({&policy, {}, {}});
  }
  if (chosen.empty() && known.empty()) {
    if (id) fields.add_error("policy", Code::unknown_policy, "no policy is loaded: leave it out");
  } else if (chosen.empty()) {
    fields.add_error("policy", Code::unknown_policy, fmt::format("expected one of: {}", fmt::join(known, ", ")));
  }
  return chosen;
}

/// Whether nothing of a policy can be asked for: one that is not known is an error of its own.
bool has_unknown_policy(const std::vector<Chosen>& chosen, Fields& fields) {
  return chosen.empty() && fields.text("policy").has_value();
}

void read_activities(std::vector<Chosen>& chosen, Fields& fields) {
  const auto id = fields.text("activity");
  std::set<std::string> known;
  bool found = !id || has_unknown_policy(chosen, fields);
  for (auto& [policy, activities, overrides] : chosen) {
    for (std::size_t i = 0; i < policy->activities.size(); ++i) {
      known.insert(policy->activities[i].id);
      if (!id || *id == policy->activities[i].id) activities.push_back(i);
    }
    found = found || !activities.empty();
  }
  if (found) return;
  fields.add_error(
      "activity", Code::unknown_activity,
      known.empty() ? "no policy is loaded: leave it out" : fmt::format("expected one of: {}", fmt::join(known, ", ")));
}

void read_parameter(const Member& member, std::vector<Chosen>& chosen, Fields& fields) {
  if (std::holds_alternative<Null>(member.value)) return;
  const auto value = fields.number(member);
  bool used = has_unknown_policy(chosen, fields);
  for (auto& [policy, activities, overrides] : chosen) {
    if (!policy->find_parameter(member.key)) continue;
    used = true;
    if (value && !overrides.emplace(member.key, *value).second) {
      fields.add_error(where_of(member), Code::duplicate,
                       "given with and without `parameters`, expected one of the two");
      return;
    }
  }
  if (!used) fields.add_error(where_of(member), Code::unknown_parameter, "no policy that is asked has this parameter");
}

std::vector<policy::Program> compile_all(const std::vector<Chosen>& chosen, policy::Instant at, Fields& fields) {
  std::vector<policy::Program> programs;
  for (const auto& [policy, activities, overrides] : chosen) {
    auto values = policy::choose_values(*policy, overrides);
    if (!values) {
      for (auto& fault : values.error())
        fields.add_error(fault.parameter, Code::out_of_range, std::move(fault.message));
      continue;
    }
    for (const std::size_t activity : activities) programs.push_back(policy::compile(*policy, activity, at, *values));
  }
  return programs;
}

}  // namespace

std::expected<TimeReading, FieldErrors> read_time_reading(const Members& members) {
  Fields fields(members);
  auto how = read_how(fields);
  if (!fields.good()) return std::unexpected(fields.take_errors());
  return how;
}

std::expected<CompiledQuery, FieldErrors> compile_query(const world::World& world, const Members& members,
                                                        policy::Instant now) {
  Fields fields(members);
  const policy::Instant at = read_at(fields, now);
  auto chosen = read_policies(world, fields);
  read_activities(chosen, fields);
  if (fields.find("parameters")) fields.add_error("parameters", Code::wrong_type, "expected an object");
  for (const Member& member : members) {
    if (kind_of(world, member) == KeyKind::parameter) read_parameter(member, chosen, fields);
  }
  CompiledQuery query{at, compile_all(chosen, at, fields)};
  query.survey = read_survey(world, query.programs, fields);
  if (!fields.good()) return std::unexpected(fields.take_errors());
  return query;
}

}  // namespace kordon::evaluation
