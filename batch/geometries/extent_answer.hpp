#pragma once

#include <cstdint>
#include <expected>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "areas/shares.hpp"
#include "batch/geometries/extent.hpp"
#include "evaluation/evaluate_request.hpp"
#include "evaluation/member.hpp"
#include "policy/instant.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Answer to a line or an area. It points into the world, and into itself: it is not copied.
struct ExtentAnswer {
  std::vector<evaluation::CompiledQuery> queries;  ///< by period; of a line with times there may be several
  std::variant<tracks::TrackAnswer, areas::AreaAnswer> found;
  std::vector<std::string> warnings;
  tracks::Track line;  ///< that was followed; of an area none
  tracks::EdgeKind edges = tracks::EdgeKind::planar;

  ExtentAnswer() = default;
  ExtentAnswer(const ExtentAnswer&) = delete;
  ExtentAnswer& operator=(const ExtentAnswer&) = delete;
  ExtentAnswer(ExtentAnswer&&) = default;  ///< programs do not move with it
  ExtentAnswer& operator=(ExtentAnswer&&) = default;
  ~ExtentAnswer() = default;
};

/// The query and limits that an extent is answered under.
struct ExtentRequest {
  evaluation::Members members;  ///< the row's own and the shared ones
  policy::Instant now;
  std::uint64_t most_places = std::numeric_limits<std::uint64_t>::max();  ///< see tracks::Question
  tracks::Effort* effort = nullptr;                                       ///< same
};

/// Measures a line or an area. Without `at` a line with times is evaluated under the rules in force at its own times.
/// Errors: those of the members, more activities than `tracks::Question::max_programs`, more places or effort than
/// allowed. Adds
/// the places that were measured to `places`.
std::expected<ExtentAnswer, evaluation::FieldErrors> answer_extent(const world::World& world, const Extent& extent,
                                                                   const ExtentRequest& request, std::uint64_t& places);

}  // namespace kordon::batch
