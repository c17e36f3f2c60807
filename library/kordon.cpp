#include "kordon/kordon.hpp"

#include <algorithm>

#include "evaluation/evaluate_request.hpp"
#include "policy/explain.hpp"
#include "world/world.hpp"

namespace kordon {
namespace {

Errors errors_of(const Faults& faults) {
  Errors errors;
  for (const auto& fault : faults) errors.push_back({fault.where, fault.message});
  return errors;
}

Errors errors_of(const evaluation::FieldErrors& field_errors) {
  Errors errors;
  for (const auto& error : field_errors) errors.push_back({error.where, error.message});
  return errors;
}

evaluation::Members members_of(const Query& query) {
  evaluation::Members members;
  const auto add = [&](std::string_view key, const std::string& text) {
    if (!text.empty()) members.push_back({std::string(key), text});
  };
  add("at", query.at);
  add("policy", query.policy);
  add("activity", query.activity);
  for (const auto& [id, value] : query.parameters) members.push_back({id, value, true});
  return members;
}

Answer answer_of(const policy::Program& program, const policy::Explanation& explained) {
  const auto& outcome = explained.outcome;
  Answer answer{program.policy->id,
                program.policy->activities[program.activity].id,
                static_cast<Verdict>(outcome.verdict),
                outcome.margin_m,
                outcome.margin_exact,
                outcome.margin_lo_m,
                outcome.margin_hi_m,
                {explained.because.rule, explained.because.clause, explained.because.value_m,
                 explained.because.threshold_m, explained.because.text},
                {},
                explained.warnings};
  for (const auto& use : explained.parameters) {
    answer.parameters.push_back({use.id, use.value, use.assumed, use.flips_at});
  }
  return answer;
}

}  // namespace

std::string_view name_of(Verdict verdict) { return policy::name_of(static_cast<policy::Verdict>(verdict)); }

struct CompiledQuery::Impl {
  evaluation::CompiledQuery query;
};

struct Configuration::Impl {
  std::shared_ptr<const world::World> world;
};

std::expected<Configuration, Errors> Configuration::open(const std::filesystem::path& file) {
  auto world = world::load_world(file, world::Parts::answers);
  if (!world) return std::unexpected(errors_of(world.error()));
  return Configuration(std::make_shared<const Impl>(std::move(*world)));
}

const std::string& Configuration::data_version() const { return impl_->world->data_version; }

std::expected<Located, Errors> Configuration::locate(const Place& place) const {
  const auto position = geo::Position::checked({place.lon_deg, place.lat_deg}, place.accuracy_m);
  if (!position) {
    constexpr std::string_view fields[] = {"lon", "lat", "accuracy_m"};
    const auto field = static_cast<std::size_t>(position.error().field);
    return std::unexpected(Errors{{std::string(fields[field]), position.error().message}});
  }
  const auto& world = *impl_->world;
  std::vector<geo::Standing> standings(world.targets.size());
  world.index.locate(*position, world.targets, standings);
  Located located{place, {}, {}, {}};
  for (geo::Target target = 0; target < standings.size(); ++target) {
    const auto& standing = standings[target];
    located.signed_m.push_back(standing.margin_m());
    if (world.atlas.is_region(target)) {
      located.regions.push_back({world.atlas.id_of(target), standing.margin_m()});
    } else {
      located.borders.push_back({world.atlas.id_of(target), standing.distance_m, standing.nearest.lon_deg,
                                 standing.nearest.lat_deg, world.atlas.accuracy_m_of(target)});
    }
  }
  return located;
}

std::expected<CompiledQuery, Errors> Configuration::compile(const Query& query) const {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  auto compiled = evaluation::compile_query(*impl_->world, members_of(query), now);
  if (!compiled) return std::unexpected(errors_of(compiled.error()));
  return CompiledQuery(std::make_shared<const CompiledQuery::Impl>(std::move(*compiled)));
}

std::vector<Answer> Configuration::evaluate(const CompiledQuery& query, const Located& located) const {
  const policy::Measurement measurement{located.signed_m, impl_->world->accuracy_m, located.place.accuracy_m};
  std::vector<Answer> answers;
  for (const auto& program : query.impl().query.programs) {
    answers.push_back(answer_of(program, policy::explain(program, measurement)));
  }
  return answers;
}

}  // namespace kordon
