#include "api/endpoints.hpp"

#include <doctest/doctest.h>

#include "tests/api/test_world.hpp"

using namespace kordon;
using kordon::test::get;
using kordon::test::json_of;

namespace {

kordon::api::http::Response send(std::string_view method, std::string_view target, std::string_view accept = {}) {
  static const auto world = kordon::test::small_world();
  return kordon::api::answer(*world, {.method = method,
                                      .target = target,
                                      .accept = accept,
                                      .content_type = {},
                                      .body = {},
                                      .received = kordon::test::test_now()});
}

}  // namespace

TEST_CASE("an unknown path is 404") {
  for (const auto* path : {"/v1", "/v1/evaluate/", "/v1/policies/", "/v1/policies/a/b", "/v2/evaluate", "", "*"}) {
    CAPTURE(path);
    CHECK(kordon::test::get(path).status == 404);
  }
}

TEST_CASE("a known path with another method is 405, and Allow says which it has") {
  const auto response = send("DELETE", "/v1/evaluate?lon=1");
  CHECK(response.status == 405);
  REQUIRE_FALSE(response.headers.empty());
  CHECK(response.headers.front() == std::pair<std::string, std::string>("Allow", "GET, HEAD, POST, OPTIONS"));
  CHECK(response.route == "/v1/evaluate");
  CHECK(send("POST", "/v1/policies").headers[0].second == "GET, HEAD, OPTIONS");
  CHECK(send("get", "/v1/policies").status == 405);
}

TEST_CASE("HEAD is answered as GET") {
  CHECK(send("HEAD", "/v1/policies").body == send("GET", "/v1/policies").body);
  CHECK(send("HEAD", "/v1/evaluate").status == 400);
}

TEST_CASE("an answer that the client does not accept is 406") {
  CHECK(send("GET", "/v1/policies", "text/csv").status == 406);
  CHECK(send("GET", "/v1/policies", "text/csv, */*;q=0.1").status == 200);
  CHECK(send("GET", "/v1/policies", "application/json;q=0, */*").status == 406);
}

TEST_CASE("what has no parameters takes none") { CHECK(kordon::test::get("/v1/policies?x=1").status == 400); }

TEST_CASE("OPTIONS tells what a path has") {
  CHECK(send("OPTIONS", "/v1/evaluate").status == 204);
  CHECK(send("OPTIONS", "/v1/evaluate").body.empty());
  CHECK(send("OPTIONS", "/v1/evaluate").headers[0].second == "GET, HEAD, POST, OPTIONS");
  CHECK(send("OPTIONS", "*").headers[0].second == "GET, HEAD, POST, OPTIONS");
  CHECK(send("OPTIONS", "/nowhere").status == 404);
}

TEST_CASE("the target may be absolute") { CHECK(kordon::test::get("http://localhost:8080/v1/policies").status == 200); }

TEST_CASE("policies are listed, and each is shown whole") {
  const auto list = kordon::test::json_of(kordon::test::get("/v1/policies"))["policies"];
  REQUIRE(list.size() == 1);
  CHECK(list[0]["id"] == "test");
  CHECK(list[0]["activities"] == nlohmann::json::parse(R"(["fire","fly"])"));

  const auto policy = kordon::test::json_of(kordon::test::get(list[0]["url"].get<std::string>()));
  CHECK(policy["known_through"] == "2024-05-31T00:00:00Z");
  CHECK(policy["disclaimer"] == "Not an authorisation.");
  CHECK(policy["parameters"][0]["id"] == "depth_km");
  CHECK(policy["parameters"][0]["max"] == 300);
  CHECK(policy["sources"][0]["publisher"] == "A paper");
  CHECK(policy["activities"][0]["scope"] == nlohmann::json::parse(R"({"inside":"RU"})"));
  const auto& rule = policy["rules"][0];
  CHECK(rule["effect"] == "permit");
  CHECK(rule["from"] == "2024-05-30T00:00:00Z");
  CHECK(rule["until"].is_null());
  CHECK(rule["sources"][0] == "report");
  CHECK(rule["area"] ==
        nlohmann::json::parse(R"({"all":[{"inside":"RU"},{"within":"RU|UA","parameter":"depth_km"}]})"));

  CHECK(kordon::test::get("/v1/policies/other").status == 404);
  CHECK(kordon::test::get("/v1/policies/t%65st").status == 200);
}
