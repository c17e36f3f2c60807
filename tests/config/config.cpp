#include "config/config.hpp"

#include <doctest/doctest.h>

#include "tests/config/temp_dir.hpp"

namespace kordon::config::test {
namespace {

constexpr std::string_view good = R"({
  "layers": [
    {"id": "countries", "file": "data/countries.shp", "name_field": "name", "only": ["RU", "UA"], "accuracy_m": 280,
     "attribution": "OSM", "licence": "ODbL-1.0", "source": "npm"},
    {"id": "oblasts", "file": "data/oblasts.shp", "id_field": "iso", "accuracy_m": 4000,
     "attribution": "NE", "licence": "PD", "source": "npm"}],
  "borders": {"note": "measured", "accuracy_m": {"RU|UA": 281, "RU|UA-63": 282}},
  "policies": ["policies/a.json"],
  "server": {"listen": "[::1]:9000", "threads": 3,
             "limits": {"body_bytes": 11, "header_bytes": 12, "batch_rows": 13},
             "timeouts": {"header_ms": 14, "write_ms": 15, "idle_ms": 16, "shutdown_ms": 17},
             "admin_listen": "127.0.0.1:9001", "log_positions": true, "cors": {"origins": ["https://map.example"]},
             "rate_limit": {"requests_per_second": 0.5, "burst": 20}, "tokens": "tokens.txt",
             "tls": {"certificate": "tls.crt", "key": "tls.key"}}
})";

struct Read {
  TempDir dir;
  Config config;
  Faults faults;

  explicit Read(std::string_view text) {
    write(dir, "etc/data/countries.shp", "");
    write(dir, "etc/data/oblasts.shp", "");
    write(dir, "etc/policies/a.json", "");
    for (const auto* name : {"etc/tokens.txt", "etc/tls.crt", "etc/tls.key"}) write(dir, name, "");
    config = read_config(write(dir, "etc/kordon.json", text), faults);
  }
};

std::vector<std::string> faults_of(std::string_view from, std::string_view to) {
  const Read read(replaced(std::string(good), from, to));
  return lines(read.faults, read.dir);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a configuration is read whole, its files named relative to it") {
  const Read read(good);
  REQUIRE(lines(read.faults, read.dir) == Lines{});
  const auto& config = read.config;
  REQUIRE(config.layers.size() == 2);
  CHECK(config.layers[0].file == read.dir.path("etc/data/countries.shp").string());
  CHECK(config.layers[0].id_field == "id");
  CHECK(config.layers[0].name_field == "name");
  CHECK(config.layers[0].only == Lines{"RU", "UA"});
  CHECK(config.layers[0].accuracy_m == 280);
  CHECK(config.layers[1].id_field == "iso");
  CHECK(config.layers[1].attribution == "NE");
  CHECK(config.layers[1].licence == "PD");
  CHECK(config.layers[1].source == "npm");
  CHECK(config.border_accuracy_m == geo::BorderAccuracy{{"RU|UA", 281}, {"RU|UA-63", 282}});
  CHECK(config.border_accuracy_note == "measured");
  CHECK(config.policies == std::vector{read.dir.path("etc/policies/a.json")});
}

TEST_CASE("the public URL is one, and nothing in it ends a header field or a text") {
  const auto faults = [](const std::string& url) {
    return faults_of(R"("threads": 3,)", R"("threads": 3, "public_url": ")" + url + R"(",)");
  };
  CHECK(faults("https://kordon.example/map") == Lines{});
  for (const std::string url :
       {R"(https://a.example/\r\nSet-Cookie: a=b)", R"(https://a.example/\u0000)", "https://a.example/ b",
        R"(https://a.example/\"x)", "https://a.example/<x>", "ftp://a.example", "a.example"}) {
    CAPTURE(url);
    REQUIRE(faults(url).size() == 1);
    CHECK(faults(url)[0].contains("/server/public_url: "));
  }
}

TEST_CASE("a layer says how it is to be read") {
  const Read read(replaced(std::string(good), R"("id": "oblasts", )",
                           R"("id": "oblasts", "layer": "l", "where": "A = 1", "crs": "EPSG:25832", "edges": "geodesic",
                              "id_template": "X-{A}", "dissolve": true, "match_tolerance_m": 0,
                              "repair_tolerance_m": 3, "ballpark_accuracy_m": 200, )"));
  REQUIRE(lines(read.faults, read.dir) == Lines{});
  const auto& layer = read.config.layers[1];
  CHECK(layer.layer == "l");
  CHECK(layer.where == "A = 1");
  CHECK(layer.crs == "EPSG:25832");
  CHECK(layer.edges == geo::Edges::geodesic);
  CHECK(layer.id_template == "X-{A}");
  CHECK(layer.dissolve);
  CHECK(layer.match_tolerance_m == 0.0);
  CHECK(layer.repair_tolerance_m == 3.0);
  CHECK(layer.ballpark_accuracy_m == 200.0);
  CHECK_FALSE(read.config.layers[0].match_tolerance_m);
}

TEST_CASE("several files make one layer") {
  const Read read(
      replaced(std::string(good), R"("data/oblasts.shp")", R"(["data/oblasts.shp", "data/countries.shp"])"));
  REQUIRE(lines(read.faults, read.dir) == Lines{});
  CHECK(read.config.layers[1].file == read.dir.path("etc/data/oblasts.shp").string());
  CHECK(read.config.layers[1].more_files == Lines{read.dir.path("etc/data/countries.shp").string()});
}

TEST_CASE("policies that name several regions at once ask for the region that they are together") {
  const Read read(good);
  write(read.dir, "etc/policies/a.json",
        R"({"x": [{"inside": ["UA", "RU"]}, {"inside": ["UA", "RU"]}, {"inside": "UA"}]})");
  Faults faults;
  const auto config = read_config(read.config.file, faults);
  REQUIRE(config.layers.size() == 3);
  CHECK(config.layers[2].unions == std::vector<Lines>{{"UA", "RU"}});
}

TEST_CASE("policies that name coasts and boundaries ask for these lines, once each") {
  const Read read(good);
  write(
      read.dir, "etc/policies/a.json",
      R"({"x": [{"within": {"of": "UA|"}}, {"within": {"of": "RU|*"}}, {"of": "UA|"}, {"of": "RU|UA"}, {"of": "RU"}]})");
  Faults faults;
  const auto config = read_config(read.config.file, faults);
  REQUIRE(config.layers.size() == 3);
  CHECK(config.layers[2].lines == Lines{"UA|", "RU|*"});
}

TEST_CASE("the server's settings are read") {
  const auto server = Read(good).config.server;
  CHECK(server.listen.address == "::1");
  CHECK(server.listen.port == 9000);
  CHECK(server.threads == 3);
  CHECK(server.limits.body_bytes == 11);
  CHECK(server.limits.header_bytes == 12);
  CHECK(server.limits.batch_rows == 13);
  CHECK(server.timeouts.header.count() == 14);
  CHECK(server.timeouts.write.count() == 15);
  CHECK(server.timeouts.idle.count() == 16);
  CHECK(server.timeouts.shutdown.count() == 17);
  CHECK(server.timeouts.unready.count() == 0);
  CHECK(server.admin_listen->port == 9001);
  CHECK(server.log_positions);
  CHECK(server.cors.origins == Lines{"https://map.example"});
  CHECK(server.rate_limit.requests_per_second == 0.5);
  CHECK(server.rate_limit.burst == 20);
  CHECK(server.tokens.filename() == "tokens.txt");
  CHECK(server.tls->key.filename() == "tls.key");
}

TEST_CASE("the server's settings have defaults") {
  const Read read(
      replaced(std::string(good), R"("limits": {"body_bytes": 11, "header_bytes": 12, "batch_rows": 13},)", ""));
  CHECK(read.faults.empty());
  CHECK(read.config.server.limits.body_bytes == Limits{}.body_bytes);
}

TEST_CASE("every fault of a configuration names its key") {
  struct Broken {
    std::string_view from, to, fault;
  };
  const std::vector<Broken> broken{
      {R"("policies": [)", R"("polices": [)",
       "etc/kordon.json: /polices: is not a known key, expected one of layers, policies, $schema, borders, index_file, "
       "server, web, data"},
      {R"("id": "oblasts")", R"("id": "countries")", "etc/kordon.json: /layers/1: layer id 'countries' is used twice"},
      {R"("id": "oblasts")", R"("id": "")", "etc/kordon.json: /layers/1/id: is empty"},
      {R"("id": "oblasts", )", "", "etc/kordon.json: /layers/1: key 'id' is missing"},
      {"data/oblasts.shp", "data/oblast.shp", "etc/kordon.json: /layers/1/file: 'etc/data/oblast.shp' does not exist"},
      {R"("accuracy_m": 4000)", R"("accuracy_m": -1)",
       "etc/kordon.json: /layers/1/accuracy_m: is -1, expected 0 to 1000000"},
      {R"("accuracy_m": 4000)", R"("accuracy_m": "4000")",
       "etc/kordon.json: /layers/1/accuracy_m: is a string, expected a number"},
      {R"(["RU", "UA"])", R"(["RU", 7])", "etc/kordon.json: /layers/0/only/1: is a number, expected a string"},
      {"281", "null", "etc/kordon.json: /borders/accuracy_m/RU|UA: is null, expected a number"},
      {"RU|UA-63", R"(RU/UA~63": [], "RU|UA-63)",
       "etc/kordon.json: /borders/accuracy_m/RU~1UA~063: is an array, expected a number"},
      {"policies/a.json", "policies/b.json",
       "etc/kordon.json: /policies/0: 'etc/policies/b.json' does not exist or is not a file"},
      {"[::1]:9000", "localhost",
       "etc/kordon.json: /server/listen: is 'localhost', expected an address and a port as 127.0.0.1:8080 or "
       "[::1]:8080"},
      {R"("threads": 3)", R"("threads": 2.5)", "etc/kordon.json: /server/threads: is 2.5, expected a whole number"},
      {R"("threads": 3)", R"("threads": -1)", "etc/kordon.json: /server/threads: is -1, expected 0 to 4096"},
      {R"("header_ms": 14)", R"("header_s": 14)",
       "etc/kordon.json: /server/timeouts/header_s: is not a known key, expected one of header_ms, body_ms, write_ms, "
       "idle_ms, unready_ms, shutdown_ms"},
      {R"("header_ms": 14)", R"("header_ms": 0)",
       "etc/kordon.json: /server/timeouts/header_ms: is 0, expected 1 to 86400000"},
      {"https://map.example", "map.example",
       "etc/kordon.json: /server/cors/origins/0: is 'map.example', expected an origin as https://map.example, or *"},
      {"tokens.txt", "token.txt", "etc/kordon.json: /server/tokens: 'etc/token.txt' does not exist or is not a file"},
      {R"("body_bytes": 11)", R"("body_bytes": true)",
       "etc/kordon.json: /server/limits/body_bytes: is a boolean, expected a number"},
  };
  for (const auto& [from, to, fault] : broken) {
    const auto faults = faults_of(from, to);
    CAPTURE(fault);
    REQUIRE_FALSE(faults.empty());
    CHECK(faults.front() == fault);
  }
}

TEST_CASE("all faults of a configuration are told at once") {
  const Read read(R"({"layers": [], "policies": {}, "server": []})");
  CHECK(lines(read.faults, read.dir) == Lines{"etc/kordon.json: /layers: has 0 items, expected at least 1",
                                              "etc/kordon.json: /policies: is an object, expected an array",
                                              "etc/kordon.json: /server: is an array, expected an object"});
}

TEST_CASE("a configuration that is no object, or not there, is one fault") {
  const Read read("[]");
  CHECK(lines(read.faults, read.dir) == Lines{"etc/kordon.json: is an array, expected an object"});
  Faults faults;
  read_config("no/kordon.json", faults);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].where == "no/kordon.json");
  CHECK(faults[0].message == "does not exist or is not a file");
}

TEST_CASE("an endpoint is an address and a port") {
  CHECK(parse_endpoint("0.0.0.0:80")->address == "0.0.0.0");
  CHECK(parse_endpoint("0.0.0.0:65535")->port == 65535);
  CHECK(parse_endpoint("[::]:0")->address == "::");
  for (const auto* text : {"", ":", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
                           "127.0.0.1:80 ", "127.0.0:80", "::1:80", "[127.0.0.1]:80", "[::1]", "localhost:80"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_endpoint(text));
  }
}

}  // namespace kordon::config::test
