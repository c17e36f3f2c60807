#include "batch/geometries/extent_queries.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace kordon::batch {
namespace {

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

/// Its first fix's, and those at which a rule changes on its way.
std::vector<policy::Instant> times_of(const world::World& world, const tracks::Track& track) {
  const auto first = instant_of(track.pieces.front().front().time_ms);
  const auto last = instant_of(track.pieces.back().back().time_ms);
  std::vector<policy::Instant> times{first};
  for (const auto change : change_times_of(world)) {
    if (first < change && change <= last) times.push_back(change);
  }
  return times;
}

CompiledQueries compile_at(const world::World& world, evaluation::Members members,
                           const std::vector<policy::Instant>& times, policy::Instant now) {
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

CompiledQueries compile_once(const world::World& world, const evaluation::Members& members, policy::Instant now) {
  auto query = evaluation::compile_query(world, members, now);
  if (!query) return std::unexpected(std::move(query.error()));
  std::vector<evaluation::CompiledQuery> queries;
  queries.push_back(std::move(*query));
  return queries;
}

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

}  // namespace

CompiledQueries compile_queries(const world::World& world, const Extent& extent, const evaluation::Members& members,
                                policy::Instant now) {
  const auto* track = std::get_if<tracks::Track>(&extent.shape);
  if (track == nullptr || !track->is_timed() || states_time(members)) return compile_once(world, members, now);
  return compile_at(world, members, times_of(world, *track), now);
}

CompiledQueries compile_for_all_times(const world::World& world, const evaluation::Members& members,
                                      policy::Instant now) {
  const auto changes = change_times_of(world);
  if (states_time(members) || changes.empty()) return compile_once(world, members, now);
  std::vector<policy::Instant> times{*changes.begin() - std::chrono::milliseconds(1)};
  times.insert(times.end(), changes.begin(), changes.end());
  return compile_at(world, members, times, now);
}

std::vector<tracks::Period> periods_of(const world::World& world,
                                       const std::vector<evaluation::CompiledQuery>& queries) {
  // Rules that come and go must not change which regions are reported.
  std::vector<policy::Program> programs;
  for (const auto& query : queries) programs.insert(programs.end(), query.programs.begin(), query.programs.end());
  const auto regions = regions_of(world, programs);
  std::vector<tracks::Period> periods;
  for (const auto& query : queries) {
    tracks::Period period{.question = {&world.index, world.accuracy_m, {}, regions}};
    if (!periods.empty()) period.from_ms = static_cast<double>(query.at.time_since_epoch().count());
    for (const auto& program : query.programs) period.question.programs.push_back(&program);
    periods.push_back(std::move(period));
  }
  return periods;
}

}  // namespace kordon::batch
