// A request target, as GET: every endpoint without a body.
#include <nlohmann/json.hpp>

#include "api/endpoints.hpp"
#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"

using namespace kordon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = fuzz::text_of(data, size);
  const auto response = api::answer(fuzz::small_world(), {.method = "GET",
                                                          .target = target,
                                                          .accept = "application/json, */*;q=0.5",
                                                          .content_type = {},
                                                          .body = {},
                                                          .received = fuzz::now(),
                                                          .host = "localhost"});
  fuzz::check(response.status < 500);
  if (response.content_type.ends_with("json")) fuzz::check(nlohmann::json::accept(response.body));
  return 0;
}
