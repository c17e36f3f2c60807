// The program loads what has changed, and serves on where that is faulty.
#include <doctest/doctest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "tests/cli/program.hpp"
#include "tests/server/wire.hpp"

using namespace kordon;
using Json = nlohmann::json;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::filesystem::path scratch_folder() {
  return std::filesystem::temp_directory_path() / ("kordon_reload_test_" + std::to_string(getpid()));
}

/// The shipped configuration with its layers where they are.
Json shipped_config() {
  auto json = Json::parse(text_of(KORDON_SOURCE_DIR "/config/kordon.json"));
  for (auto& layer : json["layers"]) {
    layer["file"] = std::filesystem::path(KORDON_SOURCE_DIR "/config") / layer["file"].get<std::string>();
  }
  return json;
}

/// It in a folder of its own.
struct Folder {
  std::filesystem::path path = scratch_folder();
  std::filesystem::path config = path / "kordon.json";
  std::filesystem::path policy = path / "us-kharkiv-2024.json";

  Folder() {
    std::filesystem::create_directories(path);
    auto json = shipped_config();
    json["policies"] = {policy.filename()};
    std::ofstream(config) << json;
    std::filesystem::copy_file(KORDON_SOURCE_DIR "/config/policies/us-kharkiv-2024.json", policy,
                               std::filesystem::copy_options::overwrite_existing);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

/// It as the kubelet mounts a ConfigMap: each name is a link into `..data`, which is a link to a folder, and an update
/// makes another folder and renames a link to it over `..data`. The old one stays here, so that the rename alone can
/// tell.
class ConfigMapMount {
 public:
  ConfigMapMount() {
    std::filesystem::create_directories(path_);
    update(policy_);
    std::filesystem::create_symlink("..data/kordon.json", path_ / "kordon.json");
    std::filesystem::create_symlink("..data/policies", path_ / "policies");
  }
  ~ConfigMapMount() { std::filesystem::remove_all(path_); }
  ConfigMapMount(const ConfigMapMount&) = delete;
  ConfigMapMount& operator=(const ConfigMapMount&) = delete;

  [[nodiscard]] std::filesystem::path config() const { return path_ / "kordon.json"; }
  [[nodiscard]] const std::string& policy() const { return policy_; }

  void update(const std::string& policy) {
    const auto folder = "..2024_" + std::to_string(++updates_);
    std::filesystem::create_directories(path_ / folder / "policies");
    std::ofstream(path_ / folder / "kordon.json") << shipped_config();
    std::ofstream(path_ / folder / "policies/us-kharkiv-2024.json") << policy;
    std::filesystem::create_directory_symlink(folder, path_ / "..data_tmp");
    std::filesystem::rename(path_ / "..data_tmp", path_ / "..data");
  }

 private:
  std::filesystem::path path_ = scratch_folder();
  std::string policy_ = text_of(KORDON_SOURCE_DIR "/config/policies/us-kharkiv-2024.json");
  int updates_ = 0;
};

std::uint16_t listening_port(kordon::test::Program& program) {
  const auto log = program.wait_for_output("\"listening\"");
  return static_cast<std::uint16_t>(std::stoi(log.substr(log.find("127.0.0.1:") + 10)));
}

Json readiness(std::uint16_t port) {
  kordon::test::Wire wire(port);
  wire.send(kordon::test::get_text("/readyz"));
  return Json::parse(kordon::test::Wire::body_of(wire.receive()));
}

/// Waits, at most two minutes: reloads have a low priority.
Json readiness_where(std::uint16_t port, bool (*holds)(const Json&, const Json&), const Json& before) {
  for (int i = 0; i < 2400; ++i) {
    auto now = readiness(port);
    if (holds(now, before)) return now;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return readiness(port);
}

}  // namespace

TEST_CASE("a policy that is replaced is served, a faulty one refused, by watching and by SIGHUP") {
  const Folder folder;
  kordon::test::Program program{
      {"serve", "--listen", "127.0.0.1:0", "--no-access-log", "--config", folder.config.string()}};
  const auto port = listening_port(program);
  const auto first = readiness(port);
  const auto good = text_of(folder.policy);

  std::ofstream(folder.path / "next.json") << Json::parse(good).dump(3);
  std::filesystem::rename(folder.path / "next.json", folder.policy);
  const auto other = [](const Json& now, const Json& before) { return now["data_version"] != before["data_version"]; };
  const auto second = readiness_where(port, other, first);
  CHECK(second["data_version"] != first["data_version"]);

  std::ofstream(folder.policy) << "{";
  const auto has_faults = [](const Json& now, const Json&) { return now.contains("last_reload"); };
  const auto faulty = readiness_where(port, has_faults, second);
  REQUIRE(faulty.contains("last_reload"));
  CHECK(faulty["status"] == "ready");
  CHECK(faulty["data_version"] == second["data_version"]);
  CHECK_FALSE(faulty.dump().contains("us-kharkiv-2024.json"));  // that is for operators

  std::ofstream(folder.policy) << good;
  program.signal(SIGHUP);
  const auto is_first = [](const Json& now, const Json& before) { return now == before; };
  CHECK(readiness_where(port, is_first, first) == first);
  program.signal(SIGTERM);
  const auto finished = program.finish();
  CHECK(finished.status == 0);
  const auto refused = finished.out.find("reload_refused");
  REQUIRE(refused != std::string::npos);
  CHECK(finished.out.substr(refused).contains("us-kharkiv-2024.json"));
}

TEST_CASE("a ConfigMap that is updated is served without a signal, each time") {
  ConfigMapMount mount;
  kordon::test::Program program{
      {"serve", "--listen", "127.0.0.1:0", "--no-access-log", "--config", mount.config().string()}};
  const auto port = listening_port(program);
  const auto first = readiness(port);
  const auto other = [](const Json& now, const Json& before) { return now["data_version"] != before["data_version"]; };

  mount.update(Json::parse(mount.policy()).dump(3));
  const auto second = readiness_where(port, other, first);
  CHECK(second["data_version"] != first["data_version"]);
  CHECK_FALSE(second.contains("last_reload"));

  mount.update(mount.policy());
  const auto third = readiness_where(port, other, second);
  CHECK(third["data_version"] == first["data_version"]);
  CHECK_FALSE(third.contains("last_reload"));
}
