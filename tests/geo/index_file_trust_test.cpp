// An index file that somebody changed, with a checksum that fits again: it is made anew, or every number in it is
// within bounds.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <sstream>
#include <tuple>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "geo/index_file.hpp"

using namespace kordon::geo;

namespace {

constexpr std::size_t header_bytes = 64;

/// Two half discs that share a line, as GeoJSON, and an index file beside it.
struct Kept {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("kordon_trust_" + std::to_string(getpid()));
  std::filesystem::path file = folder / "kordon.index";
  std::vector<LayerSource> layers{1};

  Kept() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const auto half = [](const char* id, double from) {
      std::string ring;
      for (int i = 0; i <= 60; ++i) {
        const double angle = from + std::numbers::pi * i / 60;
        ring += fmt::format("[{:.9f},{:.9f}],", 30 + 3 * std::cos(angle), 50 + 2 * std::sin(angle));
      }
      ring += fmt::format("[{:.9f},{:.9f}]", 30 + 3 * std::cos(from), 50 + 2 * std::sin(from));
      return fmt::format(
          R"({{"type":"Feature","properties":{{"id":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})", id,
          ring);
    };
    layers[0].id = "halves";
    layers[0].file = folder / "halves.geojson";
    std::ofstream(layers[0].file) << R"({"type":"FeatureCollection","features":[)" << half("A", 0) << ","
                                  << half("B", std::numbers::pi) << "]}";
  }
  ~Kept() { std::filesystem::remove_all(folder); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  [[nodiscard]] IndexedAtlas load() const { return load_indexed(layers, {}, file, "key").value(); }
  [[nodiscard]] std::string bytes() const {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }
  /// With a checksum that fits.
  void write(std::string bytes) const {
    const auto sum = XXH3_64bits(bytes.data() + header_bytes, bytes.size() - header_bytes);
    std::memcpy(bytes.data() + 24, &sum, sizeof sum);
    std::filesystem::remove(file);
    std::ofstream(file, std::ios::binary) << bytes;
    chmod(file.c_str(), 0644);
  }
};

/// Asks for every target from many places, by each of the ways.
void ask(const IndexedAtlas& indexed) {
  const auto targets = indexed.atlas.target_count();
  std::vector<Target> all(targets);
  for (Target i = 0; i < targets; ++i) all[i] = i;
  std::vector<Standing> out(targets);
  for (double lon = 26; lon < 34; lon += 0.7) {
    for (double lat = 47; lat < 53; lat += 0.7) indexed.index.locate(*Position::checked({lon, lat}), all, out);
  }
}

bool was_used(const IndexedAtlas& indexed) { return indexed.warnings.empty(); }

}  // namespace

TEST_CASE("an index file with a changed number and a checksum that fits is refused, or every query stays within it") {
  const Kept kept;
  REQUIRE(was_used(kept.load()));
  const auto good = kept.bytes();
  REQUIRE(was_used(kept.load()));
  std::mt19937 random(26);
  int refused = 0;
  for (int round = 0; round < 400; ++round) {
    auto bytes = good;
    const auto at = header_bytes + random() % ((bytes.size() - header_bytes) / 4) * 4;
    const std::uint32_t value =
        std::array<std::uint32_t, 4>{0xffffffffU, 0x7fffffffU, 1000U, 0x7ff00000U}[random() % 4];
    std::memcpy(bytes.data() + at, &value, sizeof value);
    kept.write(bytes);
    const auto indexed = kept.load();
    refused += was_used(indexed) ? 0 : 1;
    ask(indexed);
  }
  CHECK(refused > 100);
}

TEST_CASE("what an index file says is told by its content, whatever its checksum") {
  const Kept kept;
  const auto made = kept.load();
  const auto from_file = kept.load();
  REQUIRE(was_used(from_file));
  CHECK(from_file.content == made.content);
  CHECK(load_indexed(kept.layers, {}, {}, "another key").value().content == made.content);
  auto bytes = kept.bytes();
  const auto name_of = [&](char name) { return bytes.find(std::string(63, '\0') + name + std::string(63, '\0')); };
  const auto a = name_of('A');
  const auto b = name_of('B');
  REQUIRE(a != bytes.npos);
  REQUIRE(b != bytes.npos);
  std::swap(bytes[a + 63], bytes[b + 63]);
  kept.write(bytes);
  const auto swapped = kept.load();
  REQUIRE(was_used(swapped));
  CHECK(swapped.atlas.regions[0].id == "B");
  CHECK(swapped.content != made.content);
}

TEST_CASE("an index file that others may write, or that is another's, is not used") {
  const Kept kept;
  std::ignore = kept.load();
  for (const auto mode : {0664U, 0646U, 0666U}) {
    chmod(kept.file.c_str(), mode);
    CHECK_FALSE(was_used(kept.load()));  // and made anew with a mode of its own
    CHECK(was_used(kept.load()));
  }
  if (geteuid() != 0) return;
  REQUIRE(chown(kept.file.c_str(), 1234, 1234) == 0);
  CHECK_FALSE(was_used(kept.load()));
  CHECK(was_used(kept.load()));
}

TEST_CASE("an index file is not written through a link that lies there") {
  const Kept kept;
  const auto victim = kept.folder / "victim";
  std::ofstream(victim) << "untouched";
  std::filesystem::create_symlink(victim, kept.file.string() + "." + std::to_string(getpid()));
  std::ignore = kept.load();
  std::ifstream in(victim);
  std::string text;
  in >> text;
  CHECK(text == "untouched");
  CHECK(std::filesystem::is_regular_file(std::filesystem::symlink_status(kept.file)));
}

TEST_CASE("an index file that is cut short while it is used harms nothing") {
  const Kept kept;
  std::ignore = kept.load();
  const auto indexed = kept.load();
  REQUIRE(was_used(indexed));
  std::filesystem::resize_file(kept.file, 0);
  ask(indexed);
}

TEST_CASE("what is no file is no index") {
  const Kept kept;
  REQUIRE(mkfifo(kept.file.c_str(), 0600) == 0);
  CHECK_FALSE(was_used(kept.load()));
}
