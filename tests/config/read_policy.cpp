#include "config/read_policy.hpp"

#include <doctest/doctest.h>

#include "tests/config/policy_text.hpp"
#include "tests/config/temp_dir.hpp"

namespace kordon::config::test {
namespace {

using Lines = std::vector<std::string>;

Lines faults_of(std::string_view text) {
  const TempDir dir;
  const auto atlas = small_atlas();
  Faults faults;
  read_policy(write(dir, "p.json", text), &atlas, faults);
  return lines(faults, dir);
}

}  // namespace

TEST_CASE("a policy is read whole, its names resolved") {
  const TempDir dir;
  const auto atlas = small_atlas();
  Faults faults;
  const auto policy = read_policy(write(dir, "p.json", good_policy), &atlas, faults);
  REQUIRE(lines(faults, dir) == Lines{});
  CHECK(policy.id == "p");
  CHECK(policy.disclaimer == "L");
  CHECK(policy.dates_note == "UTC");
  CHECK(policy::to_text(policy.known_through) == "2024-05-31T23:59:59Z");
  CHECK(policy.sources.at(0).publisher == "U");

  const auto& depth = policy.parameters.at(0);
  CHECK(depth.unit == policy::Unit::kilometre);
  CHECK(depth.value == 100);
  CHECK(depth.min == 1);
  CHECK(depth.max == 2000);
  CHECK(depth.assumed);
  CHECK(policy.activities.at(0).scope.kind == policy::Area::Kind::everywhere);

  const auto& rule = policy.rules.at(0);
  CHECK(rule.effect == policy::Effect::prohibit);
  CHECK(rule.activity == 0);
  CHECK(rule.sources == std::vector<std::size_t>{0});
  CHECK(rule.assumed == Lines{"read as UTC"});
  CHECK(policy::to_text(rule.in_force.from.value()) == "2024-05-30T00:00:00Z");
  CHECK(policy::to_text(rule.in_force.until.value()) == "2024-06-30T00:00:00Z");
}

TEST_CASE("every fault of a policy names its key") {
  struct Broken {
    std::string_view from, to, fault;
  };
  const std::vector<Broken> broken{
      {R"("title": "P", )", "", ": key 'title' is missing"},
      {R"("title": "P")", R"("title": 1)", " /title: is a number, expected a string"},
      {R"("title": "P")", R"("title": "P", "titel": 1)",
       " /titel: is not a known key, expected one of id, title, description, disclaimer, dates_note, known_through, "
       "sources, activities, rules, $schema, parameters"},
      {"2024-05-31T23:59:59Z", "2024-05-31",
       " /known_through: is '2024-05-31', expected an RFC 3339 time as 2024-05-30T00:00:00Z"},
      {R"("date": "2024-05-30")", R"("date": "2024-02-30")",
       " /sources/0/date: is '2024-02-30', expected a calendar date as 2024-05-30"},
      {R"("unit": "km")", R"("unit": "mi")", " /parameters/0/unit: is 'mi', expected m, km or nmi"},
      {R"("unit": "km")", R"("unit": "nmi")",
       " /parameters/0/id: is 'depth_km', expected an id that ends in the unit: '_nmi'"},
      {R"("value": 100)", R"("value": 2001)", " /parameters/0: value 2001 is outside min 1 to max 2000"},
      {R"("value": 100)", R"("value": 0.5)", " /parameters/0: value 0.5 is outside min 1 to max 2000"},
      {R"("max": 2000)", R"("max": 0)", " /parameters/0: min 1 is above max 0"},
      {R"("min": 1)", R"("min": -1)", " /parameters/0/min: is -1, expected at least 0"},
      {R"("assumed": true)", R"("assumed": "yes")", " /parameters/0/assumed: is a string, expected true or false"},
      {R"("activity": "act")", R"("activity": "art")", " /rules/0/activity: activity 'art' is not in this policy"},
      {R"("effect": "prohibit")", R"("effect": "forbid")",
       " /rules/0/effect: is 'forbid', expected permit or prohibit"},
      {"2024-06-30T00:00:00Z", "2024-05-30T00:00:00Z",
       " /rules/0: from 2024-05-30T00:00:00Z is not before until 2024-05-30T00:00:00Z"},
      {"2024-06-30T00:00:00Z", "2024-06-31T00:00:00Z",
       " /rules/0/until: is '2024-06-31T00:00:00Z', expected an RFC 3339 time as 2024-05-30T00:00:00Z"},
      {R"("sources": ["s"])", R"("sources": ["t"])", " /rules/0/sources/0: source 't' is not in this policy"},
      {R"("sources": ["s"])", R"("sources": [])", " /rules/0/sources: has 0 items, expected at least 1"},
      {R"("scope": {"everywhere": true})", R"("scope": true)",
       " /activities/0/scope: is a boolean, expected an object"},
  };
  for (const auto& [from, to, fault] : broken) {
    CAPTURE(fault);
    const auto faults = faults_of(replaced(std::string(good_policy), from, to));
    REQUIRE_FALSE(faults.empty());
    CHECK(faults.front() == "p.json:" + std::string(fault.starts_with(": ") ? fault.substr(1) : fault));
  }
}

TEST_CASE("ids are distinct in each list") {
  const std::string source = R"({"id": "s", "title": "S", "publisher": "U", "date": "2024-05-30", "summary": "M"})";
  const std::string activity = R"({"id": "act", "title": "Act", "scope": {"everywhere": true}})";
  const auto repeated = [](const std::string& item) {
    return replaced(std::string(good_policy), item, item + ", " + item);
  };
  CHECK(faults_of(repeated(source)) == Lines{"p.json: /sources/1: id 's' is used twice in sources"});
  CHECK(faults_of(repeated(activity)) == Lines{"p.json: /activities/1: id 'act' is used twice in activities"});
}

TEST_CASE("all faults of a policy are told at once") {
  auto text = replaced(std::string(good_policy), R"("title": "P")", R"("title": "")");
  text = replaced(text, R"("inside": "B")", R"("inside": "XX")");
  text = replaced(text, R"("value": 100)", R"("value": -100)");
  CHECK(faults_of(text) == Lines{"p.json: /title: is empty",
                                 "p.json: /parameters/0/value: is -100, expected at least 0",
                                 "p.json: /rules/0/area/all/0/inside: region 'XX' is in no layer"});
}

TEST_CASE("a policy that is malformed or not there is one fault") {
  CHECK(faults_of("{").front().starts_with("p.json: line 1"));
  Faults faults;
  read_policy("none.json", nullptr, faults);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "none.json");
}

TEST_CASE("without an atlas a policy is checked as far as it can be") {
  const TempDir dir;
  auto text = replaced(std::string(good_policy), R"("inside": "B")", R"("inside": "XX")");
  Faults faults;
  read_policy(write(dir, "p.json", text), nullptr, faults);
  CHECK(lines(faults, dir) == Lines{});
  read_policy(write(dir, "p.json", replaced(text, R"("activity": "act")", R"("activity": "art")")), nullptr, faults);
  CHECK(lines(faults, dir) == Lines{"p.json: /rules/0/activity: activity 'art' is not in this policy"});
}

}  // namespace kordon::config::test
