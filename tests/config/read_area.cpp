#include "config/read_area.hpp"

#include <doctest/doctest.h>

#include "tests/config/policy_text.hpp"
#include "tests/config/temp_dir.hpp"

namespace kordon::config::test {
namespace {

using Lines = std::vector<std::string>;
using policy::Area;

struct Read {
  policy::Area area;
  Lines faults;
};

const std::vector<policy::Parameter> no_parameters;

Read read(std::string_view text) {
  const TempDir dir;
  const auto atlas = small_atlas();
  const std::vector<policy::Parameter> parameters{{"depth_km", "", policy::Unit::kilometre, 100, 0, 2000, true, ""}};
  const auto json = read_json(write(dir, "x", text)).value();
  Faults faults;
  auto area = read_area(Node(json, "x", faults), {&atlas, parameters});
  return {std::move(area), lines(faults, dir)};
}

}  // namespace

TEST_CASE("an area names everywhere, a region, or a distance of a region or border section") {
  CHECK(read(R"({"everywhere": true})").area.kind == policy::Area::Kind::everywhere);

  const auto inside = read(R"({"inside": "C"})").area;
  CHECK(inside.kind == policy::Area::Kind::inside);
  CHECK(inside.target == 2);
  CHECK(inside.target_id == "C");

  const auto of_region = read(R"({"within": {"of": "B", "radius_nmi": 12}})").area;
  CHECK(of_region.kind == policy::Area::Kind::within);
  CHECK(of_region.target == 1);
  CHECK(of_region.radius.value == 12);
  CHECK(of_region.radius.unit == policy::Unit::nautical_mile);
  CHECK_FALSE(of_region.radius.parameter);

  const auto of_border = read(R"({"within": {"of": "A|B", "radius_parameter": "depth_km"}})").area;
  CHECK(of_border.target == 3);
  CHECK(of_border.radius.parameter == 0);
  CHECK(of_border.radius.unit == policy::Unit::kilometre);
}

TEST_CASE("a border section may be named from either side") {
  const auto area = read(R"({"within": {"of": "B|A", "radius_m": 5}})").area;
  CHECK(area.target == 3);
  CHECK(area.target_id == "A|B");
}

TEST_CASE("a border section of which something is unshared is refused, or said where that is accepted") {
  const TempDir dir;
  auto atlas = small_atlas();
  atlas.borders[0].unshared_m = 12'340;
  std::vector<std::string> accepted;
  const auto json = read_json(write(dir, "x", R"({"within": {"of": "A|B", "radius_m": 5}})")).value();
  Faults faults;
  read_area(Node(json, "x", faults), {&atlas, no_parameters, &accepted});
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].message.contains("12.3 km of the two boundaries run side by side without being shared"));
  CHECK(faults[0].message.contains("accept_unshared"));
  CHECK(accepted.empty());
  atlas.borders[0].is_accepted = true;
  read_area(Node(json, "x", faults), {&atlas, no_parameters, &accepted});
  CHECK(faults.size() == 1);
  CHECK(accepted.size() == 1);
}

TEST_CASE("several regions at once are one region, by the id that they are together") {
  const TempDir dir;
  auto atlas = small_atlas();
  atlas.regions.push_back(atlas.regions.front());
  atlas.regions.back().id = "A+B";
  const auto json = read_json(write(dir, "x", R"({"inside": ["A", "B"]})")).value();
  Faults faults;
  const auto area = read_area(Node(json, "x", faults), {&atlas, no_parameters});
  CHECK(faults.empty());
  CHECK(area.kind == Area::Kind::inside);
  CHECK(area.target == 3);
  CHECK(area.target_id == "A+B");
}

TEST_CASE("areas are joined by all, any and not") {
  const auto [area, faults] =
      read(R"({"any": [{"not": {"inside": "A"}}, {"all": [{"inside": "B"}, {"inside": "C"}]}]})");
  CHECK(faults == Lines{});
  CHECK(area.kind == policy::Area::Kind::any);
  REQUIRE(area.parts.size() == 2);
  CHECK(area.parts[0].kind == policy::Area::Kind::negation);
  CHECK(area.parts[0].parts.at(0).target == 0);
  CHECK(area.parts[1].kind == policy::Area::Kind::all);
  CHECK(area.parts[1].parts.size() == 2);
}

TEST_CASE("every fault of an area names its key") {
  const std::vector<std::pair<std::string_view, std::string>> broken{
      {R"({"inside": "XX"})", "x: /inside: region 'XX' is in no layer"},
      {R"({"inside": "A|B"})", "x: /inside: region 'A|B' is in no layer"},
      {R"({"inside": 7})", "x: /inside: is a number, expected a string"},
      {R"({"within": {"of": "A|C", "radius_m": 1}})",
       "x: /within/of: regions 'A' and 'C' share no edge, so there is no such border"},
      {R"({"within": {"of": "A|XX", "radius_m": 1}})", "x: /within/of: region 'XX' is in no layer"},
      {R"({"within": {"of": "XX", "radius_m": 1}})", "x: /within/of: region 'XX' is in no layer"},
      {R"({"within": {"radius_m": 1}})", "x: /within: key 'of' is missing"},
      {R"({"within": {"of": "A"}})",
       "x: /within: expected exactly one of radius_m, radius_km, radius_nmi, radius_parameter"},
      {R"({"within": {"of": "A", "radius_m": 1, "radius_km": 1}})",
       "x: /within: expected exactly one of radius_m, radius_km, radius_nmi, radius_parameter"},
      {R"({"within": {"of": "A", "radius_km": -1}})", "x: /within/radius_km: is -1, expected at least 0"},
      {R"({"within": {"of": "A", "radius_parameter": "width_km"}})",
       "x: /within/radius_parameter: parameter 'width_km' is not in this policy"},
      {R"({})", "x: expected exactly one of everywhere, inside, within, all, any, not"},
      {R"({"inside": "A", "not": {"inside": "B"}})",
       "x: expected exactly one of everywhere, inside, within, all, any, not"},
      {R"({"outside": "A"})",
       "x: /outside: is not a known key, expected one of everywhere, inside, within, all, any, not"},
      {R"({"everywhere": false})", "x: /everywhere: is false, expected true"},
      {R"({"all": []})", "x: /all: has 0 items, expected at least 1"},
      {R"({"any": {"inside": "A"}})", "x: /any: is an object, expected an array"},
      {R"({"all": [{"inside": "A"}, {"not": {"inside": "XX"}}]})", "x: /all/1/not/inside: region 'XX' is in no layer"},
  };
  for (const auto& [text, fault] : broken) {
    CAPTURE(text);
    const auto faults = read(text).faults;
    REQUIRE_FALSE(faults.empty());
    CHECK(faults.front() == fault);
  }
}

TEST_CASE("one mistake is one fault") {
  CHECK(read(R"({"all": []})").faults.size() == 1);
  CHECK(read(R"({"any": {"inside": "A"}})").faults.size() == 1);
  CHECK(read(R"({"everywhere": "yes"})").faults.size() == 1);
  CHECK(read(R"({"within": 5})").faults.size() == 1);
  CHECK(read("5").faults.size() == 1);
}

TEST_CASE("an area that is nested without end is refused") {
  std::string text = R"({"inside": "A"})";
  for (int i = 0; i < max_area_depth; ++i) text.insert(0, R"({"not": )").append("}");
  CHECK(read(text).faults == Lines{});
  const auto faults = read(R"({"not": )" + text + "}").faults;
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].ends_with("/not: is nested deeper than 16"));
}

}  // namespace kordon::config::test
