// A JSON body of POST /v1/evaluate: one position or a batch.
#include <nlohmann/json.hpp>

#include "api/endpoints.hpp"
#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"

using namespace kordon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto response = api::answer(fuzz::small_world(), {.method = "POST",
                                                          .target = "/v1/evaluate",
                                                          .accept = {},
                                                          .content_type = "application/json",
                                                          .body = fuzz::text_of(data, size),
                                                          .received = fuzz::now()});
  fuzz::check(response.status < 500);
  fuzz::check(nlohmann::json::accept(response.body));
  return 0;
}
