#pragma once

#include "evaluation/evaluate_request.hpp"
#include "evaluation/evaluation.hpp"
#include "evaluation/query_cache.hpp"
#include "text/json_writer.hpp"
#include "world/world.hpp"

namespace kordon::evaluation {

/// Writes the members that stand in an evaluation and in each answered item of a batch: `position`, `at`, `regions`,
/// `borders`, `verdicts`, `warnings`. Metres to the millimetre, degrees to 1e-8; infinite numbers are null.
void write_evaluation(text::JsonWriter& out, const PreparedQuery& prepared, policy::Instant at, const Place& place,
                      const Evaluation& evaluation);

/// Writes members that are the same in all answers of one world: `data_version`, `engine`, `metadata`.
void write_provenance(text::JsonWriter& out, const world::World& world);

}  // namespace kordon::evaluation
