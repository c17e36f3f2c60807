#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"
#include "geo/atlas/crs_places.hpp"
#include "geo/earth/position.hpp"
#include "geo/edge_index/survey.hpp"
#include "policy/program.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Compiled query, asked of each position: a time, one program for each activity of each policy, and what to list.
struct CompiledQuery {
  policy::Instant at;
  /// Empty only where the world has no policy; point into the world, which must outlive them.
  std::vector<policy::Program> programs;
  geo::SurveyQuery survey = {};  ///< all that programs read is named
};

/// The position that a query is asked for, and how it was read.
struct Place {
  geo::Position position;
  std::string read_as;  ///< how a text was read, in words; empty: it was plain numbers of degrees
};

/// `read_as` of plain numbers of which one has a decimal comma.
inline constexpr std::string_view decimal_comma_degrees = "decimal degrees, decimal comma";

struct EvaluateRequest {
  CompiledQuery query;
  Place place;
};

/// Reads `at` (default `now`), `activity` and `policy` (default: all), parameters of policies, and `near_km`, `nearest`
/// and `regions`. A parameter must belong to a policy that is asked. Null stands for the default.
std::expected<CompiledQuery, FieldErrors> compile_query(const world::World& world, const Members& members,
                                                        policy::Instant now);

/// Reads `lon` and `lat`, or `position`, or `x` and `y` in `crs`, and `accuracy_m`. Of a grid square's half diagonal
/// and a stated accuracy the larger one holds: stating a small accuracy does not make a square smaller. The accuracy of
/// a datum shift is added in square.
std::expected<Place, FieldErrors> read_place(const Members& members, geo::CrsPlaces& systems);

/// Errors that read_place finds in `accuracy_m`, for members without the rest of a place.
FieldErrors accuracy_errors(const Members& members);

/// Reads all of one request: query, place and unknown keys; all its errors at once.
std::expected<EvaluateRequest, FieldErrors> read_evaluate_request(const world::World& world, const Members& members,
                                                                  geo::CrsPlaces& systems, policy::Instant now);

}  // namespace kordon::evaluation
