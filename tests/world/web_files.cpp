#include "world/web_files.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "config/config.hpp"
#include "tests/config/temp_dir.hpp"

namespace kordon::world::test {
namespace {

struct Read {
  config::test::TempDir dir;
  config::Config config;
  Faults faults;

  explicit Read(std::string_view web) {
    config::test::write(dir, "data/a.shp", "");
    config::test::write(dir, "map/index.html", "<!doctype html>");
    const std::string layer =
        R"({"id": "a", "file": "data/a.shp", "accuracy_m": 1, "attribution": "a", "licence": "a", "source": "a"})";
    const auto text = R"({"layers": [)" + layer + R"(], "policies": [], "web": )" + std::string(web) + "}";
    config = config::read_config(config::test::write(dir, "kordon.json", text), faults);
  }
};

std::vector<std::string> faults_of(std::string_view web) {
  const Read read(web);
  return config::test::lines(read.faults, read.dir);
}

}  // namespace

TEST_CASE("the map's files are those of known types, below the folder, with what stands compressed beside them") {
  const config::test::TempDir dir;
  config::test::write(dir, "web/index.html", "<p>");
  config::test::write(dir, "web/index.html.gz", "squeezed");
  config::test::write(dir, "web/map/map.js", "let map;");
  config::test::write(dir, "web/notes.md", "not served");
  config::test::write(dir, "secret.json", "{}");
  Faults faults;
  const auto web = read_web({dir.path("web"), {}}, faults);
  CHECK(faults.empty());
  REQUIRE(web.files.size() == 2);
  REQUIRE(web.find("index.html"));
  CHECK(web.find("index.html")->gzip == "squeezed");
  CHECK(web.find("map/map.js")->bytes == "let map;");
  CHECK(web.find("map/map.js")->content_type == "text/javascript; charset=utf-8");
  CHECK(web.find("map/map.js")->gzip.empty());
  for (const auto* none : {"notes.md", "index.html.gz", "../secret.json", "map/../index.html", "map", ""}) {
    CAPTURE(none);
    CHECK_FALSE(web.find(none));
  }
}

TEST_CASE("the version changes with a byte of a file and with the basemap") {
  const config::test::TempDir dir;
  Faults faults;
  config::test::write(dir, "index.html", "a");
  const config::WebConfig config{dir.path(), {}};
  const auto first = read_web(config, faults).version;
  CHECK(read_web(config, faults).version == first);
  auto with_basemap = config;
  with_basemap.basemap =
      config::Basemap{config::Basemap::Kind::raster, "https://tiles.example/{z}/{x}/{y}.png", "Tiles", {}};
  CHECK(read_web(with_basemap, faults).version != first);
  config::test::write(dir, "index.html", "b");
  CHECK(read_web(config, faults).version != first);
}

TEST_CASE("a basemap's hosts are those of its URL and those it names") {
  const Read read(R"({"directory": "map", "basemap": {"kind": "style", "url": "https://a.example:8443/style.json?key=1",
                     "attribution": "A", "origins": ["https://b.example/x"]}})");
  CHECK(config::test::lines(read.faults, read.dir).empty());
  CHECK(read.config.web.directory == read.dir.path("map"));
  REQUIRE(read.config.web.basemap);
  CHECK(read.config.web.basemap->kind == config::Basemap::Kind::style);
  CHECK(read.config.web.basemap->origins == std::vector<std::string>{"https://a.example:8443", "https://b.example"});
}

TEST_CASE("faults of the map's configuration") {
  using Lines = std::vector<std::string>;
  CHECK(faults_of(R"({"directory": "none"})") == Lines{"kordon.json: /web/directory: 'none' holds no index.html"});
  CHECK(faults_of(R"({"basemap": {"kind": "tms", "url": "https://a.example/", "attribution": "A"}})") ==
        Lines{"kordon.json: /web/basemap/kind: is 'tms', expected raster or style"});
  for (const auto* url : {"tiles.example", "ftp://a.example/", "https://", "https://a.example;script-src"}) {
    CAPTURE(url);
    CHECK(faults_of(R"({"basemap": {"kind": "raster", "attribution": "A", "url": ")" + std::string(url) + "\"}}")
              .size() == 1);
  }
}

}  // namespace kordon::world::test
