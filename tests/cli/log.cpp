// What the log says of a request, and what it does not.
#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"
#include "tests/server/wire.hpp"

using namespace kordon;
using Json = nlohmann::json;

namespace {

/// The shipped configuration, with other settings of the server, for as long as the test.
struct ConfigFile {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("kordon_log_test_" + std::to_string(getpid()) + ".json");

  explicit ConfigFile(const Json& server) {
    const std::filesystem::path folder = KORDON_SOURCE_DIR "/config";
    auto json = Json::parse(std::ifstream(folder / "kordon.json"));
    for (auto& layer : json["layers"]) layer["file"] = folder / layer["file"].get<std::string>();
    for (auto& policy : json["policies"]) policy = folder / policy.get<std::string>();
    json.erase("index_file");
    json["server"].update(server);
    std::ofstream(path) << json;
  }
  ~ConfigFile() { std::filesystem::remove(path); }
  ConfigFile(const ConfigFile&) = delete;
  ConfigFile& operator=(const ConfigFile&) = delete;
};

/// The line of one request that says more than most.
Json line_of_request(const Json& server, const std::string& fields) {
  const ConfigFile config(server);
  kordon::test::Program program({"serve", "--config", config.path, "--listen", "127.0.0.1:0"});
  const auto log = program.wait_for_output("\"listening\"");
  kordon::test::Wire wire(static_cast<std::uint16_t>(std::stoi(log.substr(log.find("127.0.0.1:") + 10))));
  wire.send("GET /v1/evaluate?lon=36.5873&lat=50.5956 HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: mine-7\r\n" +
            fields + "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n\r\n");
  CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  program.signal(SIGTERM);
  std::istringstream lines(program.finish().out);
  for (std::string line; std::getline(lines, line);) {
    if (line.contains("/v1/evaluate")) return Json::parse(line);
  }
  return {};
}

}  // namespace

TEST_CASE("a request's line has its id and its trace, and no coordinates") {
  const auto line = line_of_request(Json::object(), "");
  CHECK(line["request_id"] == "mine-7");
  CHECK(line["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK_FALSE(line.dump().contains("36.58"));
}

TEST_CASE("coordinates are in the log where that is configured, but not of a request with DNT: 1 or Sec-GPC: 1") {
  CHECK(line_of_request({{"log_positions", true}}, "")["target"] == "/v1/evaluate?lon=36.5873&lat=50.5956");
  CHECK(line_of_request({{"log_positions", true}}, "DNT: 0\r\n").dump().contains("36.58"));
  for (const std::string wish : {"DNT: 1\r\n", "Sec-GPC: 1\r\n"}) {
    CAPTURE(wish);
    CHECK_FALSE(line_of_request({{"log_positions", true}}, wish).dump().contains("36.58"));
  }
}
