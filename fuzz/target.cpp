// A request target, as GET: every endpoint without a body. What was asked before changes no evaluation.
#include <nlohmann/json.hpp>

#include "api/endpoints.hpp"
#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"

using namespace kordon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static evaluation::Evaluator evaluator(fuzz::small_world());
  const auto target = fuzz::text_of(data, size);
  const api::http::Request request{.method = "GET",
                                   .target = target,
                                   .accept = "application/json, */*;q=0.5",
                                   .content_type = {},
                                   .body = {},
                                   .received = fuzz::now(),
                                   .host = "localhost"};
  const auto response = api::answer(evaluator, request);
  fuzz::check(response.status < 500);
  if (response.content_type.ends_with("json")) fuzz::check(nlohmann::json::accept(response.body));
  if (response.route == "/v1/evaluate") {
    fuzz::check(response.body == api::answer(fuzz::small_world(), request).body);
  }
  return 0;
}
