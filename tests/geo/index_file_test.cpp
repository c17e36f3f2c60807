#include "geo/index_file.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/geo/oracle.hpp"

using namespace kordon::geo;

namespace {

/// The shipped layers, with an index file in a folder of its own that goes away afterwards.
struct Kept {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("kordon_index_" + std::to_string(getpid()));
  std::filesystem::path file = folder / "kordon.index";
  std::vector<kordon::geo::LayerSource> layers;

  Kept() {
    std::filesystem::create_directories(folder);
    for (const char* name : {"countries", "oblasts"}) {
      auto& layer = layers.emplace_back();
      layer.id = name;
      layer.file = std::string(KORDON_SOURCE_DIR "/shapefiles/") + name + ".shp";
      layer.attribution = "somebody";
      layer.accuracy_m = 280;
    }
  }
  ~Kept() { std::filesystem::remove_all(folder); }
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;

  [[nodiscard]] kordon::geo::IndexedAtlas load(const char* key = "key") const {
    return kordon::geo::load_indexed(layers, {{"RU|UA", 100}}, file, key).value();
  }
  [[nodiscard]] std::string bytes() const {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
  }
  void write(const std::string& bytes) const { std::ofstream(file, std::ios::binary) << bytes; }
};

std::vector<kordon::geo::Standing> locate(const kordon::geo::Index& index, kordon::geo::LonLat place) {
  std::vector<kordon::geo::Target> targets;
  for (kordon::geo::Target target = 0; target < index.target_count(); ++target) targets.push_back(target);
  std::vector<kordon::geo::Standing> standings(targets.size());
  index.locate(kordon::geo::Position::checked(place).value(), targets, standings);
  return standings;
}

bool same(const kordon::geo::Region& a, const kordon::geo::Region& b) {
  return a.id == b.id && a.name == b.name && a.layer == b.layer && a.accuracy_m == b.accuracy_m && a.rings == b.rings;
}
bool same(const kordon::geo::Arc& a, const kordon::geo::Arc& b) {
  return a.line == b.line && a.left == b.left && a.right == b.right;
}
bool same(const kordon::geo::Border& a, const kordon::geo::Border& b) {
  return a.id == b.id && a.first == b.first && a.second == b.second && a.accuracy_m == b.accuracy_m &&
         a.lines == b.lines;
}
bool same(const kordon::geo::LayerInfo& a, const kordon::geo::LayerInfo& b) {
  return a.id == b.id && a.file == b.file && a.attribution == b.attribution && a.licence == b.licence &&
         a.source == b.source && a.accuracy_m == b.accuracy_m;
}
template <typename T>
bool all_same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::ranges::equal(a, b, [](const T& one, const T& other) { return same(one, other); });
}

bool same(const kordon::geo::Atlas& a, const kordon::geo::Atlas& b) {
  return all_same(a.layers, b.layers) && all_same(a.regions, b.regions) && all_same(a.arcs, b.arcs) &&
         all_same(a.borders, b.borders);
}

}  // namespace

TEST_CASE("what is read from an index file is what was made, to the last bit") {
  const Kept kept;
  const auto made = kept.load();
  REQUIRE(std::filesystem::exists(kept.file));
  const auto read = kept.load();
  CHECK(made.warnings.empty());
  CHECK(read.warnings.empty());
  CHECK(same(made.atlas, read.atlas));
  CHECK(read.atlas.accuracy_m_of(read.atlas.find_border("RU|UA").value()) == 100);
  std::mt19937_64 random(3);
  for (int i = 0; i < 300; ++i) {
    const auto place = kordon::geo::oracle::random_place(random, {20, 40}, {60, 60});
    const auto before = locate(made.index, place);
    const auto after = locate(read.index, place);
    for (std::size_t target = 0; target < before.size(); ++target) {
      CHECK(before[target].distance_m == after[target].distance_m);
      CHECK(before[target].nearest == after[target].nearest);
      CHECK(before[target].side == after[target].side);
    }
  }
}

TEST_CASE("a stale, damaged, foreign or cut index file is said to be so and made anew") {
  const Kept kept;
  REQUIRE(kept.load().warnings.empty());
  const auto good = kept.bytes();
  const auto says = [&](const char* what) {
    const auto loaded = kept.load();
    REQUIRE(loaded.warnings.size() == 1);
    CHECK(loaded.warnings[0].where == kept.file);
    CHECK(loaded.warnings[0].message.find(what) != std::string::npos);
    CHECK(kept.bytes() == good);
    CHECK(kept.load().warnings.empty());
  };
  CHECK(kept.load("another key").warnings.at(0).message.find("stale") != std::string::npos);
  says("stale");
  auto bad = good;
  bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
  kept.write(bad);
  says("damaged");
  kept.write(good.substr(0, good.size() - 1));
  says("cut short");
  kept.write("");
  says("cut short");
  kept.write(std::string(1000, 'x'));
  says("not an index file");
  bad = good;
  bad[12] = 99;
  kept.write(bad);
  says("another version");
}

TEST_CASE("an index file that cannot be written is said so and harms nothing") {
  Kept kept;
  kept.file = kept.folder / "missing" / "kordon.index";
  const auto loaded = kept.load();
  REQUIRE(loaded.warnings.size() == 1);
  CHECK(loaded.warnings[0].message.find("cannot be written") != std::string::npos);
  CHECK(locate(loaded.index, {36.5873, 50.5956})[0].side == kordon::geo::Side::inside);
}
