#include "batch/geometries/extent_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "areas/shares.hpp"
#include "batch/geometries/extent_json.hpp"
#include "evaluation/evaluate_request.hpp"
#include "policy/wording.hpp"

namespace kordon::batch {
namespace {

using Compiled = std::expected<std::vector<evaluation::CompiledQuery>, evaluation::FieldErrors>;

bool states_time(const evaluation::Members& members) {
  const auto at = std::ranges::find(members, "at", &evaluation::Member::key);
  return at != members.end() && !std::holds_alternative<evaluation::Null>(at->value);
}

policy::Instant instant_of(tracks::Milliseconds time_ms) {
  return policy::Instant(std::chrono::milliseconds(static_cast<std::int64_t>(time_ms)));
}

/// When anything in a policy begins or ends, ascending, each once.
std::set<policy::Instant> change_times_of(const world::World& world) {
  std::set<policy::Instant> times;
  for (const auto& policy : world.policies) {
    times.insert(policy.known_through + std::chrono::milliseconds(1));  // after that a warning is due
    for (const auto& rule : policy.rules) {
      if (rule.in_force.from) times.insert(*rule.in_force.from);
      if (rule.in_force.until) times.insert(*rule.in_force.until);
    }
  }
  return times;
}

/// The times from which a line's rules are asked for: its first fix's, and those at which a rule changes on its way.
std::vector<policy::Instant> times_of(const world::World& world, const tracks::Track& track) {
  const auto first = instant_of(track.pieces.front().front().time_ms);
  const auto last = instant_of(track.pieces.back().back().time_ms);
  std::vector<policy::Instant> times{first};
  for (const auto change : change_times_of(world)) {
    if (first < change && change <= last) times.push_back(change);
  }
  return times;
}

Compiled compile_at(const world::World& world, evaluation::Members members, const std::vector<policy::Instant>& times,
                    policy::Instant now) {
  std::vector<evaluation::CompiledQuery> queries;
  std::erase_if(members, [](const evaluation::Member& member) { return member.key == "at"; });
  for (const auto time : times) {
    auto with_time = members;
    with_time.push_back({"at", policy::to_text(time)});
    auto query = evaluation::compile_query(world, with_time, now);
    if (!query) return std::unexpected(std::move(query.error()));
    queries.push_back(std::move(*query));
  }
  return queries;
}

Compiled compile(const world::World& world, const Extent& extent, const evaluation::Members& members,
                 policy::Instant now) {
  const auto* track = std::get_if<tracks::Track>(&extent.shape);
  const bool timed = track != nullptr && !std::isnan(track->pieces.front().front().time_ms);
  if (timed && !states_time(members)) return compile_at(world, members, times_of(world, *track), now);
  auto query = evaluation::compile_query(world, members, now);
  if (!query) return std::unexpected(std::move(query.error()));
  std::vector<evaluation::CompiledQuery> queries;
  queries.push_back(std::move(*query));
  return queries;
}

/// All regions where they are few, else those that programs name.
std::vector<geo::Target> regions_of(const world::World& world, const std::vector<policy::Program>& programs) {
  std::set<geo::Target> regions;
  const auto count = world.atlas.regions.size();
  if (count <= tracks::Question::max_regions) {
    for (geo::Target region = 0; region < count; ++region) regions.insert(region);
  } else {
    for (const auto& program : programs) {
      for (const auto target : program.targets) {
        if (world.atlas.is_region(target) && regions.size() < tracks::Question::max_regions) regions.insert(target);
      }
    }
  }
  return {regions.begin(), regions.end()};
}

tracks::Question question_of(const world::World& world, const evaluation::CompiledQuery& query) {
  tracks::Question question{&world.index, world.accuracy_m, {}, regions_of(world, query.programs)};
  for (const auto& program : query.programs) question.programs.push_back(&program);
  return question;
}

std::vector<const policy::Program*> programs_of(const evaluation::CompiledQuery& query) {
  std::vector<const policy::Program*> programs;
  for (const auto& program : query.programs) programs.push_back(&program);
  return programs;
}

void write_warnings(text::JsonWriter& out, const Extent& extent,
                    const std::vector<evaluation::CompiledQuery>& queries) {
  std::vector<std::string> warnings = extent.warnings;
  for (const auto& query : queries) {
    for (const auto& program : query.programs) {
      for (auto& warning : policy::warnings_of(program)) {
        if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(std::move(warning));
      }
    }
  }
  out.key("warnings").begin_array();
  for (const auto& warning : warnings) out.text(warning);
  out.end_array();
}

}  // namespace

std::expected<std::string, evaluation::FieldErrors> answer_extent(const world::World& world, const Extent& extent,
                                                                  const evaluation::Members& members, double accuracy_m,
                                                                  policy::Instant now) {
  const auto queries = compile(world, extent, members, now);
  if (!queries) return std::unexpected(queries.error());
  if (queries->front().programs.size() > tracks::Question::max_programs) {
    return std::unexpected(
        evaluation::FieldErrors{{"activity", evaluation::Code::too_detailed,
                                 fmt::format("a line or an area is asked about at most {} activities at once",
                                             tracks::Question::max_programs)}});
  }
  std::string json;
  text::JsonWriter out(json);
  const auto programs = programs_of(queries->front());
  if (const auto* track = std::get_if<tracks::Track>(&extent.shape)) {
    std::vector<tracks::Period> periods;
    for (const auto& query : *queries) {
      const auto from_ms = static_cast<double>(query.at.time_since_epoch().count());
      periods.push_back({from_ms, question_of(world, query)});
    }
    write_track(out, world, tracks::follow(periods, *track, extent.reading), programs);
  } else {
    const auto question = question_of(world, queries->front());
    write_area(out, areas::find_shares(question, std::get<areas::Rings>(extent.shape), accuracy_m), programs);
  }
  write_warnings(out, extent, *queries);
  return json;
}

}  // namespace kordon::batch
