#include "config/json.hpp"

#include <doctest/doctest.h>

#include "tests/config/temp_dir.hpp"

namespace kordon::config::test {
namespace {

std::string fault_of(std::string_view text) {
  const TempDir dir;
  const auto json = read_json(write(dir, "x.json", text));
  return json ? "no fault" : lines({json.error()}, dir).front();
}

}  // namespace

TEST_CASE("json is read with its members in order") {
  const TempDir dir;
  const auto json =
      read_json(write(dir, "x.json", R"({"b": [1, -2.5, true, null, "ü"], "a": {}, "c": [[], {"d": 1e3}]})"));
  REQUIRE(json);
  const auto& members = std::get<Json::Object>(json->value);
  REQUIRE(members.size() == 3);
  CHECK(members[0].key == "b");
  CHECK(members[1].key == "a");
  const auto& items = std::get<Json::Array>(members[0].value.value);
  REQUIRE(items.size() == 5);
  CHECK(std::get<double>(items[1].value) == -2.5);
  CHECK(std::get<bool>(items[2].value));
  CHECK(std::get<std::string>(items[4].value) == "ü");
  const auto& last = std::get<Json::Array>(members[2].value.value);
  CHECK(std::get<double>(std::get<Json::Object>(last[1].value)[0].value.value) == 1000);
}

TEST_CASE("malformed json is refused with line and column") {
  CHECK(fault_of("{\n  \"a\": 1,\n  \"b\" 2\n}") ==
        "x.json: line 3, column 7: syntax error while parsing object separator - unexpected number literal; expected "
        "':'");
  CHECK(fault_of("").starts_with("x.json: line 1, column 1"));
  CHECK(fault_of("[1, 2").starts_with("x.json: line 1"));
  CHECK(fault_of("{} {}").starts_with("x.json: line 1, column 4"));
  CHECK(fault_of("[NaN]").starts_with("x.json: line 1"));
  CHECK(fault_of("[\"\xff\"]").starts_with("x.json: line 1"));
  CHECK(fault_of("[1e999]").find("number overflow") != std::string::npos);
}

TEST_CASE("a key that is stated twice is refused, because a reader would see only one of them") {
  CHECK(fault_of(R"({"a": {"min": 1, "min": 2}})") == "x.json: key 'min' is stated twice in one object");
  CHECK(fault_of(R"([{"a": 1}, {"a": 2}])") == "no fault");
}

TEST_CASE("json that is nested without end is refused") {
  CHECK(fault_of(std::string(64, '[') + std::string(64, ']')) == "no fault");
  CHECK(fault_of(std::string(100'000, '[')) == "x.json: is nested deeper than 64");
}

TEST_CASE("a file that is not there is refused") {
  const TempDir dir;
  CHECK(lines({read_json(dir.path("none.json")).error()}, dir).front() == "none.json: does not exist or is not a file");
  CHECK_FALSE(read_json(dir.path()));
}

}  // namespace kordon::config::test
