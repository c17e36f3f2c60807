// Bodies that are broken at random: never a crash, never another answer for another split.
#include <doctest/doctest.h>

#include <random>

#include "tests/api/batch_run.hpp"

using namespace kordon;
using namespace std::string_view_literals;
using kordon::batch::Format;
using kordon::test::run_batch;

namespace {

const std::vector<std::pair<kordon::batch::Format, std::string>> sound_bodies{
    {kordon::batch::Format::csv,
     "id;lat;lon;at;depth_km\r\n\"a;\"\"b\";50.6;37;2024-06-01T00:00:00Z;5\r\n7;\"50,4\";37;;\r\n"},
    {kordon::batch::Format::csv, "lon,lat,accuracy_m,position\n37,50.6,3,\n,,,\"50.6, 37\"\n180,90,,\n"},
    {kordon::batch::Format::ndjson,
     "{\"lon\":37,\"lat\":50.6,\"a\":{\"b\":[1,\"\\u00e9\"]}}\n{\"position\":\"50.6N 37E\",\"at\":null}\n"},
    {kordon::batch::Format::geojsonseq,
     "\x1e{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[37,50.6]},\"properties\":{\"n\":1}}\n"
     "\x1e{\"type\":\"Feature\",\"id\":3,\"geometry\":null,\"properties\":null}\n"},
    {kordon::batch::Format::geojson,
     "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\","
     "\"coordinates\":[37,50.6]},\"properties\":{\"verdict\":\"x\"}},{}],\"n\":1}"},
    {kordon::batch::Format::json,
     "{\"at\":\"2024-06-01T00:00:00Z\",\"items\":[{\"lon\":37,\"lat\":50.6,\"depth_km\":5},{\"id\":1}]}"},
};

/// Bytes that mean something to one format or another, and some that mean nothing to any.
std::string torn(std::string body, std::mt19937_64& random) {
  constexpr auto bytes = "\"',;\t|\n\r\\{}[]:0-.eE\x1e\x00\xFF\xEF x"sv;
  const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  for (std::size_t edits = 1 + below(4); edits > 0 && !body.empty(); --edits) {
    const auto at = below(body.size());
    switch (below(4)) {
      case 0:
        body[at] = bytes[below(bytes.size())];
        break;
      case 1:
        body.erase(at, 1 + below(8));
        break;
      case 2:
        body.insert(at, 1, bytes[below(bytes.size())]);
        break;
      default:
        body.insert(at, body.substr(below(body.size()), below(20)));
    }
  }
  return body;
}

}  // namespace

TEST_CASE("torn bodies get the same answer whatever their split, and the rows of it can be read") {
  std::mt19937_64 random(17);
  for (int i = 0; i < 6000; ++i) {
    const auto& [from, sound] = sound_bodies[static_cast<std::size_t>(i) % sound_bodies.size()];
    const auto to = kordon::test::all_formats[random() % kordon::test::all_formats.size()];
    const auto body = torn(sound, random);
    CAPTURE(body);
    CAPTURE(kordon::batch::name_of(to));
    const auto whole = kordon::test::run_batch({.from = from, .to = to}, body);
    if (!kordon::batch::is_array(from)) {
      const auto split = kordon::test::run_batch({.from = from, .to = to, .piece_bytes = 1 + random() % 9}, body);
      REQUIRE(split.status == whole.status);
      REQUIRE(split.out == whole.out);
    }
    const bool json = whole.status != 200 || kordon::batch::is_array(to);
    if (json) REQUIRE_NOTHROW(std::ignore = nlohmann::json::parse(whole.out));
  }
}
