#include "evaluation/evaluate.hpp"

#include "evaluation/evaluate_request.hpp"
#include "evaluation/evaluation_json.hpp"

namespace kordon::evaluation {
namespace {

/// CompiledQuery and place; all faults at once.
std::expected<std::pair<QueryCache::Hit, Place>, FieldErrors> read(QueryCache& memo, const Members& members,
                                                                   policy::Instant now) {
  if (const auto known = memo.find(members, now)) {
    auto place = read_place(members);
    if (!place) return std::unexpected(std::move(place.error()));
    return std::pair(*known, std::move(*place));
  }
  auto request = read_evaluate_request(memo.world(), members, now);
  if (!request) return std::unexpected(std::move(request.error()));
  return std::pair(memo.learn(std::move(request->terms)), std::move(request->place));
}

}  // namespace

std::expected<std::string, FieldErrors> evaluate_one(QueryCache& memo, const Members& members, policy::Instant now) {
  const auto request = read(memo, members, now);
  if (!request) return std::unexpected(request.error());
  const auto& [asked, place] = *request;
  evaluate(memo.world(), asked.terms->terms, place.position, memo.evaluation);
  std::string json = std::move(memo.body);
  json.clear();
  text::JsonWriter out(json);
  out.begin_object();
  write_evaluation(out, *asked.terms, asked.at, place, memo.evaluation);
  out.written(memo.provenance()).end_object();
  return json;
}

}  // namespace kordon::evaluation
