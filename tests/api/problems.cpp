#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "api/error.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using test::get;
using test::json_of;

TEST_CASE("every code is explained in docs/problems.md, and nothing else is") {
  std::ifstream file(KORDON_SOURCE_DIR "/docs/problems.md");
  std::set<std::string> documented;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) documented.insert(line.substr(3));
  }
  std::set<std::string> codes;
  for (int i = 0; i < static_cast<int>(api::Code::count); ++i) {
    codes.emplace(api::row_of(static_cast<api::Code>(i)).name);
  }
  CHECK(documented == codes);
}

TEST_CASE("the type of a problem leads to what it means") {
  const auto problem = nlohmann::json::parse(get("/collections/regions/items?bbox=1").body);
  CHECK(problem["type"] == "/problems/invalid_request");
  CHECK(get(problem["type"].get<std::string>()).status == 200);
  const auto all = json_of(get("/problems"))["problems"];
  CHECK(all.size() == static_cast<std::size_t>(api::Code::count));
  for (const auto& one : all) {
    const auto page = get("/problems/" + one["code"].get<std::string>());
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(page.body.find(one["title"].get<std::string>()) != std::string::npos);
    CHECK(one["description"].get<std::string>().size() > 40);
    CHECK(one["description"].get<std::string>().find("##") == std::string::npos);
  }
  CHECK(get("/problems/none").status == 404);
}

TEST_CASE("limits are told") {
  const auto limits = json_of(get("/v1/limits"));
  CHECK(limits["batch_rows"] == 10'000);
  CHECK(limits["stream_bytes"].is_null());
  CHECK(limits["rate"].is_null());
  CHECK(limits["timeouts_ms"]["idle"] == 75'000);
}
