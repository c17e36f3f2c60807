// A longitude and a latitude in two members are read alike by every door: decimal commas, exponents, letters.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using batch::Format;

namespace {

/// `position` as an answer has it, or code and message of its error.
std::string said(const nlohmann::json& answer) {
  if (answer.contains("position")) return answer["position"].dump();
  const auto& error = (answer.contains("error") ? answer["error"]["errors"] : answer["errors"])[0];
  return error["code"].get<std::string>() + ": " + error["message"].get<std::string>();
}

std::string by_get(const std::string& lon, const std::string& lat) {
  const auto encoded = [](const std::string& text) {
    std::string out;
    for (const char c : text) out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
  };
  return said(nlohmann::json::parse(test::get("/v1/evaluate?lon=" + encoded(lon) + "&lat=" + encoded(lat)).body));
}

std::string by_post(const std::string& lon, const std::string& lat) {
  const auto body = nlohmann::json::array({{{"lon", lon}, {"lat", lat}}}).dump();
  return said(nlohmann::json::parse(test::post(body).body)["items"][0]);
}

std::string by_lines(Format from, const std::string& body) {
  const auto ran = test::run_batch({.from = from, .to = Format::ndjson, .query = "?detail=full"}, body);
  REQUIRE_MESSAGE(ran.status == 200, ran.out);
  return said(nlohmann::json::parse(ran.out));
}

struct Cells {
  std::string lon, lat;
  std::string says;  ///< `position` in JSON, or how the error begins
};

}  // namespace

TEST_CASE("two cells are read alike by GET, POST, CSV with commas or semicolons, and JSON lines") {
  const std::string belgorod = R"({"accuracy_m":0,"lat":50.5956,"lon":36.5873)";
  const std::string by_comma = belgorod + R"(,"read_as":"decimal degrees, decimal comma"})";
  const std::string by_letters = belgorod + R"(,"read_as":"decimal degrees"})";
  for (const auto& [lon, lat, says] : std::vector<Cells>{
           {"36,5873", "50,5956", by_comma},
           {"36,5873", "50.5956", by_comma},
           {"3,65873e1", "50,5956", by_comma},
           {"3.65873e1", "5.05956E+1", belgorod + "}"},
           {"3.65873e1E", "5.05956e1N", by_letters},
           {"36.5873e", "50.5956 N", by_letters},
           {"36.5873E", "50,5956", by_comma},
           {"1e-999", "-1e-999", R"({"accuracy_m":0,"lat":0,"lon":0})"},
           {"1e999", "50", "out_of_range: longitude must be a number from -180 to 180 degrees, got 1e999"},
           {"36", "-1e999", "out_of_range: latitude must be a number from -90 to 90 degrees, got -1e999"},
           {"1E3", "50", "out_of_range: longitude must be a number from -180 to 180 degrees, got 1000"},
           {"36587,3", "50", "out_of_range: longitude must be a number from -180 to 180 degrees, got 36587.3"},
           {"1,2,3", "50", "not_a_number: expected degrees, got `1,2,3`"},
           {"36,5 36,5", "50", "not_a_number: expected degrees, got `36,5 36,5`"},
           {"36E5N", "50", "not_a_number: expected degrees, got `36E5N`"},
       }) {
    CAPTURE(lon);
    CAPTURE(lat);
    const auto answer = by_get(lon, lat);
    CHECK_MESSAGE(answer.starts_with(says), answer);
    CHECK(by_post(lon, lat) == answer);
    CHECK(by_lines(Format::csv, fmt::format("lon,lat\n\"{}\",\"{}\"\n", lon, lat)) == answer);
    CHECK(by_lines(Format::csv, fmt::format("lon;lat\n{};{}\n", lon, lat)) == answer);
    CHECK(by_lines(Format::ndjson, nlohmann::json{{"lon", lon}, {"lat", lat}}.dump() + "\n") == answer);
  }
}
