#include "evaluation/json_template.hpp"

#include <set>

#include "policy/wording.hpp"
#include "text/json_writer.hpp"

namespace kordon::evaluation {
namespace {

constexpr std::string_view comma(bool first) { return first ? "" : ","; }

std::vector<std::string> region_heads(const geo::Atlas& atlas) {
  std::vector<std::string> heads;
  for (const auto& region : atlas.regions) {
    std::string& head = heads.emplace_back();
    text::JsonWriter(head).piece(R"({"id":)").text(region.id).piece(R"(,"state":")");
  }
  return heads;
}

std::vector<Affixes> border_affixes(const geo::Atlas& atlas) {
  std::vector<Affixes> borders;
  for (const auto& border : atlas.borders) {
    auto& [before, after] = borders.emplace_back();
    text::JsonWriter(before).piece(R"({"id":)").text(border.id).piece(R"(,"distance_m":)");
    text::JsonWriter(after).piece(R"(,"accuracy_m":)").number(border.accuracy_m).end_object();
  }
  return borders;
}

std::vector<Affixes> parameter_affixes(const policy::Program& program) {
  std::vector<Affixes> parameters;
  for (const auto i : program.parameters) {
    const auto& parameter = program.policy->parameters[i];
    auto& [before, after] = parameters.emplace_back(std::string(comma(parameters.empty())), "}");
    text::JsonWriter out(before);
    out.key(parameter.id).begin_object().key("value").number(program.values[i]);
    out.key("assumed").boolean(parameter.assumed).key("flips_at");
  }
  return parameters;
}

ResponseTemplate::Verdict verdict_template(const policy::Program& program, bool first) {
  ResponseTemplate::Verdict verdict{std::string(comma(first)), parameter_affixes(program)};
  text::JsonWriter out(verdict.head);
  out.piece(R"({"policy":)").text(program.policy->id).piece(R"(,"activity":)");
  out.text(program.policy->activities[program.activity].id).piece(R"(,"verdict":")");
  return verdict;
}

std::string warnings_json(const std::vector<policy::Program>& programs) {
  std::string text;
  text::JsonWriter out(text);
  std::set<std::string> written;
  for (const auto& program : programs) {
    for (const auto& warning : policy::warnings_of(program)) {
      if (written.insert(warning).second) out.text(warning);
    }
  }
  return text;
}

}  // namespace

ResponseTemplate::ResponseTemplate(const world::World& world, const CompiledQuery& query)
    : regions(region_heads(world.atlas)),
      borders(border_affixes(world.atlas)),
      warnings(warnings_json(query.programs)) {
  for (const auto& program : query.programs) verdicts.push_back(verdict_template(program, verdicts.empty()));
}

}  // namespace kordon::evaluation
