// Events of a stream of fixes, through the program, on the data that ships.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

using kordon::test::run;
using nlohmann::json;

namespace {

struct File {
  std::filesystem::path path;

  explicit File(const std::string& text, const std::string& ending) {
    std::string name = std::filesystem::temp_directory_path() / "kordon_watch_XXXXXX";
    path = std::string(mkdtemp(name.data())) + "/fixes." + ending;
    std::ofstream(path, std::ios::binary) << text;
  }
  ~File() { std::filesystem::remove_all(path.parent_path()); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
};

/// Two objects: one crosses from Kharkiv oblast to the north and back, the other stands still.
const std::string fixes =
    "id,lon,lat,at\n"
    "a,36.5,50.1,2024-06-01T00:00:00Z\n"
    "b,36.0,50.0,2024-06-01T00:00:00Z\n"
    "a,36.5,50.6,2024-06-01T01:00:00Z\n"
    "a,36.5,50.5,2024-06-01T00:30:00Z\n"
    "b,36.0,50.0,2024-06-01T01:00:00Z\n"
    "a,36.5,50.1,2024-06-01T02:00:00Z\n"
    ",36.5,50.1,2024-06-01T02:00:00Z\n"
    "a,36.5,50.1,\n"
    "a,x,50.1,2024-06-01T03:00:00Z\n";

std::vector<json> events_of(const std::string& text) {
  std::vector<json> events;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) events.push_back(json::parse(line));
  return events;
}

std::vector<json> of(const std::vector<json>& events, const std::string& object, const std::string& type) {
  std::vector<json> some;
  for (const auto& event : events) {
    if (event.value("subject", "") == object && event["type"] == "org.kordon." + type) some.push_back(event);
  }
  return some;
}

}  // namespace

TEST_CASE("what objects do is told as CloudEvents, and the same fixes give the same bytes") {
  const File file(fixes, "csv");
  const std::vector<std::string> command{"watch", file.path, "--activity", "counter-fire", "--dwell-s", "600"};
  const auto ran = run(command);
  REQUIRE(ran.status == 0);
  CHECK(ran.out == run(command).out);
  const auto events = events_of(ran.out);
  for (const auto& event : events) {
    CHECK(event["specversion"] == "1.0");
    CHECK(event["source"] == "/kordon/watch");
    CHECK(event["datacontenttype"] == "application/json");
  }
  const auto enters = of(events, "a", "region.enter");
  const auto into = std::ranges::find_if(enters, [](const json& event) { return event["data"]["region"] == "RU"; });
  REQUIRE(into != enters.end());
  CHECK((*into)["data"]["seen"] == true);
  CHECK((*into)["data"]["time_range"] == json({"2024-06-01T00:00:00Z", "2024-06-01T01:00:00Z"}));
  const auto exits = of(events, "a", "region.exit");
  const auto out_of = std::ranges::find_if(exits, [](const json& event) { return event["data"]["region"] == "RU"; });
  REQUIRE(out_of != exits.end());
  CHECK((*out_of)["data"]["dwell_s"].get<double>() > 600);
  CHECK(of(events, "a", "region.dwell").size() >= 2);
  const auto verdicts = of(events, "a", "verdict");
  CHECK(verdicts.front()["data"]["from"].is_null());
  CHECK(verdicts.front()["data"]["to"] == "not_applicable");
  CHECK(verdicts.size() > 3);
  CHECK(of(events, "b", "region.enter").size() >= 1);
  CHECK(of(events, "b", "region.exit").empty());
  std::vector<std::string> ids;
  for (const auto& event : events) ids.push_back(event["id"]);
  std::ranges::sort(ids);
  CHECK(std::ranges::adjacent_find(ids) == ids.end());
}

TEST_CASE("rows that are no fixes, or come too late, are told with their number and change nothing") {
  const File file(fixes, "csv");
  const auto events = events_of(run({"watch", file.path}).out);
  std::vector<std::pair<int, std::string>> refused;
  for (const auto& event : events) {
    if (event["type"] != "org.kordon.fix.refused") continue;
    refused.emplace_back(event["data"]["row"], event["data"]["error"]["code"]);
  }
  REQUIRE(refused.size() == 4);
  CHECK(refused[0] == std::pair(4, std::string("bad_time")));
  CHECK(refused[1] == std::pair(7, std::string("missing")));
  CHECK(refused[2].first == 8);
  CHECK(refused[3].first == 9);
  const File long_id("id,at,lon,lat\n" + std::string(1025, 'x') + ",2024-06-01T00:00:00Z,36.6,50.6\n", "csv");
  const auto told = events_of(run({"watch", long_id.path}).out);
  REQUIRE(told.size() == 1);
  CHECK(told[0]["data"]["error"]["message"].get<std::string>().contains("at most 1024 bytes"));
  const auto few = run({"watch", file.path, "--most-objects", "1"});
  CHECK(few.out.contains("more objects than 1"));
}

TEST_CASE("fixes come as JSON lines, too, and the same events come of them") {
  std::string lines;
  std::istringstream in(fixes);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string id, lon, lat, at;
    std::getline(cells, id, ','), std::getline(cells, lon, ','), std::getline(cells, lat, ','), std::getline(cells, at);
    lines += json{{"id", id}, {"lon", lon}, {"lat", lat}, {"at", at}}.dump() + "\n";
  }
  const auto good = [](const std::vector<json>& events) {
    std::vector<json> some;
    for (const auto& event : events) {
      if (event["type"] != "org.kordon.fix.refused") some.push_back(event);
    }
    return some;
  };
  const File csv(fixes, "csv");
  const File ndjson(lines, "ndjson");
  CHECK(good(events_of(run({"watch", csv.path}).out)) == good(events_of(run({"watch", ndjson.path}).out)));
}
