// JSON and GeoJSON bodies whose array of rows, or what is around it, is not what it should be.
#include <doctest/doctest.h>

#include <string>

#include "tests/api/batch_run.hpp"

using kordon::batch::Format;
using kordon::test::run_batch;

namespace {

const std::string feature =
    R"({"type":"Feature","geometry":{"type":"Point","coordinates":[37,50.6]},"properties":null})";

std::string collection(const std::string& items, const std::string& behind = {}) {
  return R"({"type":"FeatureCollection","features":[)" + items + "]" + behind + "}";
}

int status_of(Format format, const std::string& body) { return run_batch({.from = format, .to = format}, body).status; }

}  // namespace

TEST_CASE("what is no FeatureCollection is refused, and never a failure of the service") {
  for (const auto& body :
       std::initializer_list<std::string>{std::string("[]"),
                                          std::string("[1]"),
                                          std::string("[,]"),
                                          "[" + feature + "]",
                                          std::string("1"),
                                          std::string(""),
                                          std::string("{}"),
                                          std::string(R"({"features":[]})"),
                                          R"({"type":"Point","coordinates":[1,2],"features":[)" + feature + "]}",
                                          R"({"features":[)" + feature + R"(],"type":"Point"})",
                                          collection(","),
                                          collection(feature + ","),
                                          collection("," + feature),
                                          collection(feature + ",," + feature),
                                          collection(feature, R"(,"features":[])"),
                                          collection(feature, R"(,"n":)"),
                                          collection(feature) + "]",
                                          collection(feature) + collection(feature),
                                          collection(feature + "]"),
                                          collection(feature + "}"),
                                          collection("[" + feature),
                                          R"({"type":"FeatureCollection","features":)",
                                          R"({"type":"FeatureCollection","features":[)" + feature}) {
    CAPTURE(body);
    CHECK(status_of(Format::geojson, body) == 400);
  }
}

TEST_CASE("a FeatureCollection may be empty, and its type may come last") {
  for (const auto& body :
       {collection(""), collection(" \n"), collection(feature), collection(feature + " , " + feature),
        R"({"features":[)" + feature + R"(],"type":"FeatureCollection"})"}) {
    CAPTURE(body);
    CHECK(status_of(Format::geojson, body) == 200);
  }
}

TEST_CASE("an array of items is read strictly") {
  const std::string item = R"({"lon":37,"lat":50.6})";
  for (const auto& body : {std::string("[,]"), "[" + item + ",]", "[," + item + "]", "[" + item + "}", "[" + item,
                           "[" + item + "]]", R"({"items":[)" + item + R"(],"items":[]})"}) {
    CAPTURE(body);
    CHECK(status_of(Format::json, body) == 400);
  }
  for (const auto& body : {std::string("[]"), "[" + item + "]", "[ " + item + "\n,\t" + item + " ]"}) {
    CAPTURE(body);
    CHECK(status_of(Format::json, body) == 200);
  }
}
