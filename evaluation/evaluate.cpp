#include "evaluation/evaluate.hpp"

#include "evaluation/evaluate_request.hpp"
#include "evaluation/evaluation_json.hpp"

namespace kordon::evaluation {
namespace {

/// The query and the place; all errors at once.
std::expected<std::pair<Evaluator::Hit, Place>, FieldErrors> read(Evaluator& evaluator, const Members& members,
                                                                  policy::Instant now) {
  evaluator.systems.trim();
  if (const auto known = evaluator.find(members, now)) {
    auto place = read_place(members, evaluator.systems);
    if (!place) return std::unexpected(std::move(place.error()));
    return std::pair(*known, std::move(*place));
  }
  auto request = read_evaluate_request(evaluator.world(), members, evaluator.systems, now);
  if (!request) return std::unexpected(std::move(request.error()));
  return std::pair(evaluator.learn(std::move(request->query)), std::move(request->place));
}

}  // namespace

std::expected<std::string, FieldErrors> evaluate_one(Evaluator& evaluator, const Members& members,
                                                     policy::Instant now) {
  const auto request = read(evaluator, members, now);
  if (!request) return std::unexpected(request.error());
  const auto& [hit, place] = *request;
  evaluate(evaluator.world(), hit.prepared->query, place.position, evaluator.evaluation);
  std::string json = std::move(evaluator.body);
  json.clear();
  text::JsonWriter out(json);
  out.begin_object();
  write_evaluation(out, *hit.prepared, hit.at, place, evaluator.evaluation);
  out.written(evaluator.provenance()).end_object();
  return json;
}

}  // namespace kordon::evaluation
