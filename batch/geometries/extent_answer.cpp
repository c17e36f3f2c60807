#include "batch/geometries/extent_answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/geometries/extent_queries.hpp"
#include "policy/wording.hpp"

namespace kordon::batch {
namespace {

/// What the programs rest on, after what is odd about the extent.
std::vector<std::string> warnings_of(const world::World& world, const Extent& extent,
                                     const std::vector<evaluation::CompiledQuery>& queries) {
  auto warnings = extent.warnings;
  for (const auto& query : queries) {
    for (const auto& program : query.programs) {
      for (auto& warning : policy::warnings_of(program)) {
        if (std::ranges::find(warnings, warning) == warnings.end()) warnings.push_back(std::move(warning));
      }
    }
  }
  if (const auto regions = world.atlas.regions.size(); regions > tracks::Question::max_regions) {
    warnings.push_back(fmt::format("of {} regions only those that the policies name are told apart", regions));
  }
  return warnings;
}

evaluation::FieldErrors too_detailed(const char* where, std::string message) {
  return {{where, evaluation::Code::too_detailed, std::move(message)}};
}

evaluation::FieldErrors too_costly() {
  return too_detailed(
      "geometry",
      "it takes more processor time than a line or an area may take here; cut it into smaller ones, ask "
      "for one activity, or answer it with `kordon score`, which has no limit");
}

}  // namespace

std::expected<ExtentAnswer, evaluation::FieldErrors> answer_extent(const world::World& world, const Extent& extent,
                                                                   const ExtentRequest& request,
                                                                   std::uint64_t& places) {
  auto queries = compile_queries(world, extent, request.members, request.now);
  if (!queries) return std::unexpected(std::move(queries.error()));
  if (queries->front().programs.size() > tracks::Question::max_programs) {
    return std::unexpected(too_detailed(
        "activity",
        fmt::format("a line or an area is asked about at most {} activities at once", tracks::Question::max_programs)));
  }
  ExtentAnswer answer;
  answer.queries = std::move(*queries);
  answer.warnings = warnings_of(world, extent, answer.queries);
  auto periods = periods_of(world, answer.queries);
  for (auto& period : periods) {
    period.question.most_places = request.most_places;
    period.question.effort = request.effort;
  }
  if (const auto* track = std::get_if<tracks::Track>(&extent.shape)) {
    answer.found = tracks::follow(periods, *track, extent.reading);
    answer.line = *track;
    answer.edges = extent.reading.edges;
  } else {
    answer.found =
        areas::find_shares(periods.front().question, std::get<areas::Rings>(extent.shape), extent.accuracy_m);
  }
  places += std::visit([](const auto& found) { return found.samples; }, answer.found);
  if (std::visit([](const auto& found) { return found.given_up; }, answer.found)) {
    if (request.effort != nullptr && request.effort->was_spent()) return std::unexpected(too_costly());
    return std::unexpected(too_detailed(
        "geometry", fmt::format("its margins are not settled after {} places were measured; cut it into smaller ones, "
                                "ask for one activity, or answer it with `kordon score`, which has no limit",
                                request.most_places)));
  }
  return answer;
}

}  // namespace kordon::batch
