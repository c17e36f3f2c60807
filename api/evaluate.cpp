#include "api/evaluate.hpp"

#include "api/answer.hpp"
#include "api/evaluate_request.hpp"
#include "api/evaluation.hpp"

namespace kordon::api {

std::expected<std::string, FieldErrors> evaluate_one(const config::World& world, const Members& members,
                                                     policy::Instant now) {
  const auto request = read_evaluate_request(world, members, now);
  if (!request) return std::unexpected(request.error());
  const auto evaluation = evaluate(world, request->terms, request->place);
  std::string json;
  JsonWriter out(json);
  out.begin_object();
  write_evaluation(out, world, request->terms, request->place, evaluation);
  write_provenance(out, world);
  out.end_object();
  return json;
}

}  // namespace kordon::api
