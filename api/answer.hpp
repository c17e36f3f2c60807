#pragma once

#include "api/evaluate_request.hpp"
#include "api/evaluation.hpp"
#include "api/frame.hpp"
#include "api/json_writer.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// Terms, and what all answers under them have in common.
struct FramedTerms {
  FramedTerms(const config::World& world, Terms the_terms) : terms(std::move(the_terms)), frame(world, terms) {}

  Terms terms;
  Frame frame;
};

/// Writes the members that stand in an evaluation and in each answered item of a batch: `position`, `at`, `regions`,
/// `borders`, `verdicts`, `warnings`. Metres to the millimetre, degrees to 1e-8; what is infinite is null.
void write_evaluation(JsonWriter& out, const FramedTerms& asked, policy::Instant at, const Place& place,
                      const Evaluation& evaluation);

/// Writes what is the same for all answers of one world: `data_version`, `engine`, `metadata`.
void write_provenance(JsonWriter& out, const config::World& world);

}  // namespace kordon::api
