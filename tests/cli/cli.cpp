// The program as a person runs it, on the data that ships.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/program.hpp"
#include "tests/server/wire.hpp"

using namespace kordon;
using kordon::test::run;
using Json = nlohmann::json;

namespace {

const std::string shipped = KORDON_SOURCE_DIR "/config/kordon.json";

std::filesystem::path scratch_file(const std::string& name, const std::string& text) {
  const auto file = std::filesystem::temp_directory_path() / ("kordon_cli_test_" + name);
  std::ofstream(file) << text;
  return file;
}

/// Serves on a free port and reads it off the log.
struct Serving {
  kordon::test::Program program{{"serve", "--listen", "127.0.0.1:0"}};
  std::uint16_t port = 0;

  Serving() {
    const auto log = program.wait_for_output("\"listening\"");
    const auto url = log.substr(log.find("127.0.0.1:") + 10);
    port = static_cast<std::uint16_t>(std::stoi(url));
  }
};

}  // namespace

TEST_CASE("token prints a line for the file of tokens and the secret once, apart from each other") {
  const auto made = run({"token", "alice"});
  CHECK(made.status == 0);
  REQUIRE(made.out.size() == 71);
  CHECK(made.out.substr(64) == " alice\n");
  REQUIRE(made.err.starts_with("secret: "));
  const auto secret = made.err.substr(8, 64);
  CHECK(secret.find_first_not_of("0123456789abcdef") == secret.npos);
  CHECK_FALSE(made.out.contains(secret));
  CHECK(run({"token", "alice"}).out != made.out);
  CHECK(run({"token", "two words"}).status == 1);
  CHECK(run({"token"}).status != 0);
}

TEST_CASE("--version and --help answer, nonsense does not") {
  CHECK(kordon::test::run({"--version"}).out == "kordon 0.1.0\n");
  CHECK(kordon::test::run({"--help"}).out.contains("evaluate"));
  CHECK(kordon::test::run({}).status != 0);
  CHECK(kordon::test::run({"fly"}).status != 0);
  CHECK(kordon::test::run({"check", "--colour"}).status != 0);
}

TEST_CASE("check is good for what ships and finds it by itself") {
  const auto by_itself = kordon::test::run({"check"});
  CHECK(by_itself.status == 0);
  CHECK(by_itself.out.contains("good: 3 regions, 2 border sections"));
  CHECK(kordon::test::run({"check", "--config", shipped}).out == by_itself.out);
}

TEST_CASE("check lists every fault and exits 1; the environment may name the file") {
  const auto file = scratch_file("bad.json", R"({"layers": 7, "policies": ["nowhere.json"], "colour": "red"})");
  const auto by_option = kordon::test::run({"check", "--config", file.string()});
  CHECK(by_option.status == 1);
  CHECK(by_option.err.contains("/layers"));
  CHECK(by_option.err.contains("colour"));
  const auto by_environment = kordon::test::run({"check"}, {"KORDON_CONFIG=" + file.string()});
  CHECK(by_environment.status == 1);
  CHECK(by_environment.err == by_option.err);
  CHECK(kordon::test::run({"serve", "--config", file.string()}).status == 1);
  CHECK(kordon::test::run({"check", "--config", "/nowhere/kordon.json"}).status == 1);
}

TEST_CASE("evaluate prints what the API answers") {
  const auto near_belgorod = kordon::test::run(
      {"evaluate", "--lon", "36.5873", "--lat", "50.5956", "--at", "2024-06-15T00:00:00Z", "--set", "depth_km=60"});
  REQUIRE(near_belgorod.status == 0);
  const auto answer = Json::parse(near_belgorod.out);
  CHECK(answer["regions"][0]["id"] == "RU");
  CHECK(answer["regions"][0]["state"] == "inside");
  CHECK(answer["verdicts"][0]["activity"] == "counter-fire");
  CHECK(answer["verdicts"][0]["verdict"] == "eligible");
  CHECK(answer["verdicts"][0]["parameters"]["depth_km"]["value"] == 60);
  CHECK(answer["verdicts"][1]["verdict"] == "ineligible");
  CHECK(near_belgorod.out.contains("\n  \"verdicts\": ["));
}

TEST_CASE("evaluate takes negative longitudes and texts, and tells every fault") {
  const auto west = kordon::test::run({"evaluate", "--lon", "-170.5", "--lat", "-12", "--activity", "counter-fire"});
  REQUIRE(west.status == 0);
  CHECK(Json::parse(west.out)["verdicts"][0]["verdict"] == "not_applicable");
  const auto square = kordon::test::run({"evaluate", "--position", "37U CR 12345 67890", "--accuracy-m", "5"});
  REQUIRE(square.status == 0);
  CHECK(Json::parse(square.out)["position"]["accuracy_m"] == 5);
  const auto bad = kordon::test::run({"evaluate", "--lon", "x", "--lat", "95", "--at", "now", "--set", "width=3"});
  CHECK(bad.status == 1);
  CHECK(bad.out.empty());
  for (const auto* where : {"lon: ", "at: ", "parameters.width: "}) CHECK(bad.err.contains(where));
}

TEST_CASE("serve answers, logs no coordinates, and ends well on SIGTERM") {
  Serving serving;
  kordon::test::Wire wire(serving.port);
  wire.send(kordon::test::get_text("/v1/evaluate?lon=36.5873&lat=50.5956&at=2024-06-15T00:00:00Z"));
  const auto answer = Json::parse(kordon::test::Wire::body_of(wire.receive()));
  CHECK(answer["verdicts"][0]["verdict"] == "eligible");
  serving.program.signal(SIGTERM);
  const auto finished = serving.program.finish();
  CHECK(finished.status == 0);
  CHECK(finished.out.contains(R"("route":"/v1/evaluate","status":200)"));
  CHECK_FALSE(finished.out.contains("36.58"));
  for (std::size_t line = 0, end = 0; (end = finished.out.find('\n', line)) != std::string::npos; line = end + 1) {
    CHECK(Json::accept(finished.out.substr(line, end - line)));
  }
}

TEST_CASE("SIGTERM finishes the request under way, a second signal does not") {
  const auto status_after = [](bool twice) {
    Serving serving;
    kordon::test::Wire wire(serving.port);
    wire.send("GET /livez HTTP/1.1\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    serving.program.signal(SIGTERM);
    serving.program.wait_for_output("\"stopping\"");
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    if (twice) serving.program.signal(SIGINT);
    if (!twice) {
      wire.send("Host: localhost\r\n\r\n");
      CHECK(wire.receive().contains("Connection: close\r\n"));
    }
    return serving.program.finish().status;
  };
  CHECK(status_after(false) == 0);
  CHECK(status_after(true) == 128 + SIGINT);
}

TEST_CASE("serve says where it cannot listen") {
  const Serving serving;
  const auto taken = kordon::test::run({"serve"}, {"KORDON_LISTEN=127.0.0.1:" + std::to_string(serving.port)});
  CHECK(taken.status == 1);
  CHECK(taken.err.contains("in use"));
  const auto nonsense = kordon::test::run({"serve", "--listen", "here"});
  CHECK(nonsense.status == 1);
  CHECK(nonsense.err.contains("--listen or KORDON_LISTEN: is 'here'"));
}
