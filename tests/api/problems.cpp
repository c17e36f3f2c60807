#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "evaluation/error.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using kordon::test::get;
using kordon::test::json_of;

TEST_CASE("every code is explained in docs/problems.md, and nothing else is") {
  std::ifstream file(KORDON_SOURCE_DIR "/docs/problems.md");
  std::set<std::string> documented;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) documented.insert(line.substr(3));
  }
  std::set<std::string> codes;
  for (int i = 0; i < static_cast<int>(kordon::evaluation::Code::count); ++i) {
    codes.emplace(kordon::evaluation::row_of(static_cast<kordon::evaluation::Code>(i)).name);
  }
  CHECK(documented == codes);
}

TEST_CASE("the type of a problem leads to what it means") {
  const auto problem = nlohmann::json::parse(kordon::test::get("/collections/regions/items?bbox=1").body);
  CHECK(problem["type"] == "/problems/invalid_request");
  CHECK(kordon::test::get(problem["type"].get<std::string>()).status == 200);
  const auto all = kordon::test::json_of(kordon::test::get("/problems"))["problems"];
  CHECK(all.size() == static_cast<std::size_t>(kordon::evaluation::Code::count));
  for (const auto& one : all) {
    const auto page = kordon::test::get("/problems/" + one["code"].get<std::string>());
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(page.body.find(one["title"].get<std::string>()) != std::string::npos);
    CHECK(one["description"].get<std::string>().size() > 40);
    CHECK(one["description"].get<std::string>().find("##") == std::string::npos);
  }
  CHECK(kordon::test::get("/problems/none").status == 404);
}

TEST_CASE("limits are told") {
  const auto limits = kordon::test::json_of(kordon::test::get("/v1/limits"));
  CHECK(limits["batch_rows"] == 10'000);
  CHECK(limits["stream_bytes"].is_null());
  CHECK(limits["rate"].is_null());
  CHECK(limits["timeouts_ms"]["idle"] == 75'000);
}
