#include <doctest/doctest.h>

#include "api/endpoints.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using nlohmann::json;

namespace {

const kordon::world::World& world() {
  static const auto made = kordon::test::small_world({}, {kordon::test::square("FI", {20, 60}, {22, 62})});
  return *made;
}

kordon::api::http::Response ask(std::string_view target, std::string_view accept = {},
                                std::string_view host = "example.org:8080") {
  return kordon::api::answer(world(), {.method = "GET",
                                       .target = target,
                                       .accept = accept,
                                       .content_type = {},
                                       .body = {},
                                       .received = kordon::test::test_now(),
                                       .host = host});
}

json page(std::string_view target) {
  const auto response = ask(target);
  CAPTURE(response.body);
  REQUIRE(response.status == 200);
  CHECK(response.content_type == "application/geo+json");
  return json::parse(response.body);
}

json ids_of(const json& collection) {
  json ids = json::array();
  for (const auto& feature : collection["features"]) ids.push_back(feature["id"]);
  return ids;
}

json ids(std::string_view target) { return ids_of(page(target)); }

std::string link(const json& document, std::string_view rel) {
  for (const auto& one : document["links"]) {
    if (one["rel"] == rel) return one["href"].get<std::string>();
  }
  return {};
}

std::string fault(std::string_view target) {
  const auto response = ask(target);
  CHECK(response.status == 400);
  const auto errors = json::parse(response.body)["errors"];
  REQUIRE(errors.size() == 1);
  return errors[0]["where"].get<std::string>() + " " + errors[0]["code"].get<std::string>();
}

}  // namespace

TEST_CASE("the landing page is a page for people and JSON for programs") {
  for (const auto* accept : {"", "*/*", "application/*", "text/html;q=0.5, */*;q=0.9"}) {
    CAPTURE(accept);
    CHECK(ask("/", accept).content_type == "application/json");
  }
  CHECK(ask("/", "text/html").content_type == "text/html; charset=utf-8");
  CHECK(ask("/", "text/html,application/xhtml+xml,*/*;q=0.8").content_type == "text/html; charset=utf-8");
  CHECK(ask("/", "application/json, text/html;q=0.5").content_type == "application/json");
  CHECK(ask("/", "text/csv").status == 406);
  const auto landing = json::parse(ask("/", "application/json").body);
  CHECK(link(landing, "service-desc") == "http://example.org:8080/openapi.json");
  CHECK(link(landing, "data") == "http://example.org:8080/collections");
  CHECK(link(landing, "conformance") == "http://example.org:8080/conformance");
}

TEST_CASE("links stay relative where Host is no host name") {
  CHECK(link(json::parse(ask("/", "application/json", "a\"b").body), "data") == "/collections");
  CHECK(link(json::parse(ask("/", "application/json", "").body), "data") == "/collections");
}

TEST_CASE("collections say where they are and what they cover") {
  const auto all = json::parse(ask("/collections").body)["collections"];
  for (const auto& one : all) {
    const auto id = one["id"].get<std::string>();
    CHECK(json::parse(ask("/collections/" + id).body) == one);
    CHECK(link(one, "items") == "http://example.org:8080/collections/" + id + "/items");
  }
  CHECK(all[0]["extent"]["spatial"]["bbox"] == json::parse("[[20,49,38,62]]"));
  CHECK(ask("/collections/rivers").status == 404);
  CHECK(ask("/collections?x=1").status == 400);
}

TEST_CASE("regions and borders are GeoJSON") {
  const auto region = page("/collections/regions/items/RU");
  CHECK(region["type"] == "Feature");
  CHECK(region["geometry"] == json::parse(R"({"type":"Polygon","coordinates":
      [[[36,50.5],[38,50.5],[38,52],[36,52],[36,50.5]]]})"));
  CHECK(region["properties"]["accuracy_m"] == 100);
  const auto border = page("/collections/borders/items/RU%7CUA");
  CHECK(border["geometry"]["type"] == "LineString");
  CHECK(border["properties"]["regions"] == json::parse(R"(["RU","UA"])"));
  CHECK(link(border, "self") == "http://example.org:8080/collections/borders/items/RU%7CUA");
  CHECK(page(link(border, "self"))["id"] == "RU|UA");
  CHECK(ask("/collections/regions/items/XX").status == 404);
  CHECK(ask("/collections/regions/items", "application/json").content_type == "application/json");
}

TEST_CASE("pages follow each other by their links and hold everything once") {
  const auto first = page("/collections/regions/items?limit=2&bbox=0,0,90,90");
  CHECK(ids_of(first) == json::parse(R"(["RU","UA"])"));
  CHECK(first["numberMatched"] == 3);
  CHECK(first["numberReturned"] == 2);
  CHECK(first["timeStamp"] == "2024-06-15T00:00:00Z");
  CHECK(link(first, "prev").empty());
  const auto second = page(link(first, "next"));
  CHECK(ids_of(second) == json::parse(R"(["FI"])"));
  CHECK(link(second, "next").empty());
  CHECK(page(link(second, "prev"))["features"] == first["features"]);
  CHECK(ids("/collections/regions/items?offset=99") == json::array());
  CHECK(ids("/collections/regions/items?limit=100000").size() == 3);
}

TEST_CASE("a box finds what has a point in it") {
  CHECK(ids("/collections/regions/items?bbox=36.5,51,37,51.5") == json::parse(R"(["RU"])"));
  CHECK(ids("/collections/regions/items?bbox=36.5,50,37,51") == json::parse(R"(["RU","UA"])"));
  CHECK(ids("/collections/regions/items?bbox=36.5,51,0,37,51.5,9") == json::parse(R"(["RU"])"));
  CHECK(ids("/collections/regions/items?bbox=170,60,21,61") == json::parse(R"(["FI"])"));
  CHECK(ids("/collections/borders/items?bbox=35,50.6,39,53") == json::array());
  CHECK(ids("/collections/borders/items?bbox=37,50,37.1,51") == json::parse(R"(["RU|UA"])"));
}

TEST_CASE("polygons come cut at a box, lines whole") {
  const auto cut = page("/collections/regions/items?bbox=37,51,37.5,51.5&clip-box=37,51,39,51.5")["features"];
  REQUIRE(cut.size() == 1);
  CHECK(cut[0]["geometry"] == json::parse(R"({"type":"Polygon","coordinates":
      [[[38,51],[38,51.5],[37,51.5],[37,51],[38,51]]]})"));
  const auto across = page("/collections/regions/items?clip-box=37,51,36.5,51.5")["features"][0]["geometry"];
  CHECK(across["type"] == "MultiPolygon");
  CHECK(page("/collections/regions/items?clip-box=0,0,1,1")["features"][0]["geometry"].is_null());
  CHECK(page("/collections/borders/items?clip-box=37,50,37.1,51")["features"][0]["geometry"] ==
        page("/collections/borders/items")["features"][0]["geometry"]);
}

TEST_CASE("what cannot be read is refused by name") {
  CHECK(fault("/collections/regions/items?clip-box=1,2,3") == "clip-box bad_box");
  CHECK(fault("/collections/regions/items?bbox=1,2,3") == "bbox bad_box");
  CHECK(fault("/collections/regions/items?bbox=1,2,3,4,") == "bbox bad_box");
  CHECK(fault("/collections/regions/items?bbox=1,4,3,2") == "bbox bad_box");
  CHECK(fault("/collections/regions/items?bbox=1,2,3,nan") == "bbox bad_box");
  CHECK(fault("/collections/regions/items?bbox=-181,2,3,4") == "bbox bad_box");
  CHECK(fault("/collections/regions/items?limit=0") == "limit out_of_range");
  CHECK(fault("/collections/regions/items?limit=1.5") == "limit out_of_range");
  CHECK(fault("/collections/regions/items?limit=1e300") == "limit out_of_range");
  CHECK(fault("/collections/regions/items?offset=-1") == "offset out_of_range");
  CHECK(fault("/collections/regions/items?datetime=yesterday") == "datetime bad_time");
  CHECK(fault("/collections/regions/items?datetime=2024-06-02T00:00:00Z/2024-06-01T00:00:00Z") == "datetime bad_time");
  CHECK(fault("/collections/regions/items?max-allowable-offset=11") == "max-allowable-offset out_of_range");
  CHECK(fault("/collections/regions/items?colour=red") == "colour unknown_key");
  CHECK(fault("/collections/regions/items/RU?limit=1") == "limit unknown_key");
}

TEST_CASE("a time leaves out no region: they have none") {
  CHECK(ids("/collections/regions/items?datetime=2024-06-15T00:00:00Z").size() == 3);
  CHECK(ids("/collections/regions/items?datetime=../2024-06-15T00:00:00Z").size() == 3);
}

TEST_CASE("zones are the rules' areas with the parameters given") {
  CHECK(ids("/collections/zones/items") == json::parse(R"(["test:fire-near","test:fly-anywhere"])"));
  const auto zone = page("/collections/zones/items/test:fire-near?depth_km=10");
  CHECK(zone["properties"]["parameters"] == json::parse(R"({"depth_km":{"value":10,"assumed":false}})"));
  CHECK(link(zone, "self").ends_with("/collections/zones/items/test:fire-near?depth_km=10"));
  CHECK(zone["properties"]["notice"] == "Not an authorisation.");
  CHECK(page("/collections/zones/items/test:fire-near")["properties"]["parameters"]["depth_km"]["assumed"] == true);
  double north = 0;
  for (const auto& place : zone["geometry"]["coordinates"][0]) north = std::max(north, place[1].get<double>());
  CHECK(north == doctest::Approx(50.5 + 10 / 111.24).epsilon(1e-5));
  CHECK(ids("/collections/zones/items?bbox=36,50.7,38,51&depth_km=10") == json::parse(R"(["test:fly-anywhere"])"));
  CHECK(ids("/collections/zones/items?bbox=36,50.7,38,51&depth_km=40").size() == 2);
}

TEST_CASE("zones have times") {
  CHECK(ids("/collections/zones/items?datetime=2024-05-29T00:00:00Z") == json::parse(R"(["test:fly-anywhere"])"));
  CHECK(ids("/collections/zones/items?datetime=2024-05-30T00:00:00Z").size() == 2);
  CHECK(ids("/collections/zones/items?datetime=../2024-05-29T23:59:59Z").size() == 1);
  CHECK(ids("/collections/zones/items?datetime=2024-01-01T00:00:00Z/..").size() == 2);
}

TEST_CASE("zones of one activity or policy") {
  CHECK(ids("/collections/zones/items?activity=fly") == json::parse(R"(["test:fly-anywhere"])"));
  CHECK(ids("/collections/zones/items?policy=test").size() == 2);
  CHECK(fault("/collections/zones/items?policy=other") == "policy unknown_policy");
  CHECK(fault("/collections/zones/items?activity=swim") == "activity unknown_activity");
  CHECK(fault("/collections/zones/items?depth_km=301") == "depth_km out_of_range");
  CHECK(fault("/collections/zones/items?depth_km=deep") == "depth_km not_a_number");
  CHECK(fault("/collections/zones/items?width_km=1") == "width_km unknown_key");
}
