#include "policy/wording.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

namespace kordon::policy {
namespace {

std::string assumption(const Parameter& parameter, double value) {
  return fmt::format(FMT_COMPILE("{} = {} {} is assumed: {}"), parameter.id, value, info(parameter.unit).symbol,
                     parameter.note);
}

}  // namespace

std::string radius_text(const Radius& radius, const Program& program) {
  const double value = radius.parameter ? program.values[*radius.parameter] : radius.value;
  return fmt::format(FMT_COMPILE("{} {}"), value, info(radius.unit).symbol);
}

std::string clause_text(const Program& program, const Clause& clause) {
  const Area& area = *clause.area;
  if (area.kind == Area::Kind::everywhere) return "everywhere";
  if (area.kind == Area::Kind::inside) return "inside " + area.target_id;
  return fmt::format(FMT_COMPILE("within {} of {}"), radius_text(area.radius, program), area.target_id);
}

std::vector<std::string> warnings_of(const Program& program) {
  std::vector<std::string> texts;
  const auto& policy = *program.policy;
  for (const auto i : program.parameters) {
    if (policy.parameters[i].assumed) texts.push_back(assumption(policy.parameters[i], program.values[i]));
  }
  for (const auto& rule : policy.rules) {
    if (rule.activity != program.activity || !rule.in_force.contains(program.at)) continue;
    for (const auto& note : rule.assumed)
      texts.push_back(fmt::format(FMT_COMPILE("rule {} assumes: {}"), rule.id, note));
  }
  if (program.at > policy.known_through) {
    texts.push_back(fmt::format(FMT_COMPILE("policy {} is known through {}: later guidance is not in it"), policy.id,
                                to_text(policy.known_through)));
  }
  return texts;
}

}  // namespace kordon::policy
