#include "evaluation/position_text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

using kordon::evaluation::read_position_text;

namespace {

/// A line of notations.tsv, which other programs and plain arithmetic have made (see its first line).
struct Notation {
  std::string text, lon, lat, accuracy_m, says;
  [[nodiscard]] bool refused() const { return lon == "-"; }
};

std::vector<Notation> notations() {
  std::vector<Notation> all;
  std::ifstream file(KORDON_SOURCE_DIR "/tests/evaluation/notations.tsv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::vector<std::string> cells(1);
    for (const char c : line) c == '\t' ? void(cells.emplace_back()) : void(cells.back() += c);
    REQUIRE(cells.size() == 5);
    const auto tab = cells[0].find("\\t");
    if (tab != std::string::npos) cells[0] = cells[0].substr(0, tab) + '\t' + cells[0].substr(tab + 2);
    all.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
  }
  return all;
}

}  // namespace

TEST_CASE("position texts are read as the table of notations says, or refused with its reason") {
  const auto all = notations();
  CHECK(all.size() >= 150);
  for (const auto& notation : all) {
    CAPTURE(notation.text);
    const auto read = read_position_text(notation.text);
    if (notation.says == "swapped") {
      REQUIRE(read);
      CHECK(read->place.lat_deg > 90);
      continue;
    }
    if (notation.refused()) {
      REQUIRE_FALSE(read);
      CHECK_MESSAGE(read.error().contains(notation.says), read.error());
      continue;
    }
    REQUIRE_MESSAGE(read, read.error());
    CHECK(std::abs(read->place.lon_deg - std::stod(notation.lon)) < 1.5e-7);
    CHECK(std::abs(read->place.lat_deg - std::stod(notation.lat)) < 1.5e-7);
    CHECK(std::abs(read->accuracy_m - std::stod(notation.accuracy_m)) <= 1e-3 + 1e-3 * read->accuracy_m);
    CHECK(read->read_as == notation.says);
  }
}

TEST_CASE("what is no position says what would be one") {
  for (const std::string text : {"", " ", "\xFF\xFE", "INVALID", "()", "\"\"", ",", "N E", "-", "°"}) {
    CAPTURE(text);
    const auto read = read_position_text(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().contains("expected decimal degrees"));
  }
  CHECK_FALSE(read_position_text(std::string(10'000, '5')));
  CHECK_FALSE(read_position_text("https://" + std::string(1'900, '5')));
}

TEST_CASE("any mixture of pieces is a place in range, or an error") {
  const std::vector<std::string> pieces{"50", "36.5", "5,5",  "-", "+", "°",      "'",       "\"",  "N",   "e",
                                        "s",  " ",    ",",    ";", ":", "пн",     "ш.",      "lat", "37U", "CR",
                                        "12", "/",    "geo:", "d", "m", "503544", "HHWP+6W", "W",   "0"};
  std::mt19937 random(20);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (auto count = 1 + random() % 9; count > 0; --count) text += pieces[random() % pieces.size()];
    CAPTURE(text);
    const auto read = read_position_text(text);
    if (!read) CHECK_FALSE(read.error().empty());
    if (read) CHECK(std::abs(read->place.lon_deg) <= 180);
    if (read) CHECK(std::abs(read->place.lat_deg) <= (std::abs(read->place.lon_deg) <= 90 ? 180 : 90));
  }
}
