#include "evaluation/h3_cell.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "evaluation/position_text.hpp"
#include "text/ascii.hpp"

using kordon::evaluation::read_position_text;

namespace {

struct Cell {
  std::string hex;
  double lon_deg = 0;
  double lat_deg = 0;
  double radius_m = 0;
};

// Made by h3-py 4.3.1 (cell_to_latlng, cell_to_boundary); the radius by geographiclib 2.1 of PyPI, the greatest
// geodesic from the centre to the corners and to 199 places of each side, a great circle's arc: a corner was the
// farthest in every cell.
const std::vector<Cell> cells{
    // a place near Belgorod, resolutions 0 to 15
    {"8011fffffffffff", 45.306527529, 60.185220130, 1318845.0989},
    {"8111bffffffffff", 36.807664163, 54.132446368, 487024.3692},
    {"821197fffffffff", 37.139780728, 51.270296441, 182900.2522},
    {"831196fffffffff", 36.207255563, 50.399528831, 69393.6642},
    {"8411963ffffffff", 36.692028247, 50.630441018, 25902.2894},
    {"85119623fffffff", 36.692028247, 50.630441018, 9934.5229},
    {"861196237ffffff", 36.622340009, 50.597508780, 3695.9700},
    {"871196234ffffff", 36.590539157, 50.600065166, 1418.3262},
    {"881196234dfffff", 36.580601285, 50.595356904, 527.8158},
    {"891196234cfffff", 36.585143068, 50.594992586, 202.6085},
    {"8a1196234ccffff", 36.586562699, 50.595665175, 75.4038},
    {"8b1196234ccbfff", 36.587211552, 50.595613107, 28.9443},
    {"8c1196234ccb1ff", 36.587211552, 50.595613107, 10.7720},
    {"8d1196234ccb0ff", 36.587304246, 50.595605669, 4.1349},
    {"8e1196234ccb0c7", 36.587304246, 50.595605669, 1.5389},
    {"8f1196234ccb0c6", 36.587296380, 50.595598275, 0.5907},
    // pentagons
    {"8009fffffffffff", 10.536199075, 64.700000128, 1040793.8348},
    {"80ebfffffffffff", -169.463800925, -64.700000128, 1040793.8348},
    {"814c3ffffffffff", -67.132326366, 23.717925271, 352887.6753},
    {"827407fffffffff", -5.245390297, 2.300882112, 137588.5983},
    {"839000fffffffff", -121.842294160, -10.447345188, 48710.6738},
    {"85300003fffffff", 122.300000408, 39.100000034, 6936.8577},
    {"88c2000001fffff", -57.699999592, -39.100000034, 396.5100},
    {"8f6200000000000", 58.157705840, 10.447345188, 0.4118},
    // at the north pole
    {"8001fffffffffff", 38.023407008, 79.242398510, 1319925.3979},
    {"820327fffffffff", -35.532317850, 89.241524026, 192893.1118},
    {"85032623fffffff", -50.396941350, 89.958596808, 10497.7211},
    {"890326233abffff", -63.316532386, 89.998905700, 214.2610},
    {"8f0326233ab0399", -36.178599051, 89.999995905, 0.6260},
    // at the south pole
    {"80f3fffffffffff", -141.976592992, -79.242398510, 1319925.3979},
    {"83f293fffffffff", 0.579518334, -89.606536823, 73632.3944},
    {"8ff29380e0d0cc4", -173.625376213, -89.999994600, 0.6705},
    // at the antimeridian
    {"817ebffffffffff", 178.520405881, 2.037505119, 444054.2896},
    {"845ba5dffffffff", -179.782230513, 10.025839890, 25481.4537},
    {"869b43637ffffff", 179.998397485, -16.983463902, 3714.4760},
    {"890d916e33bffff", 179.997300870, 65.500446454, 214.0076},
    {"8cdb926280041ff", -179.999949030, -45.000027034, 10.8621},
    // elsewhere
    {"87754e64dffffff", 0.003088358, 0.010313776, 1290.5430},
    {"8abe0e341477fff", 151.199226094, -33.900249734, 83.5823},
    {"830c29fffffffff", -150.542069874, 64.052783926, 69684.1716},
};

std::uint64_t bits_of(const std::string& hex) { return std::stoull(hex, nullptr, 16); }

int resolution_of(const std::string& hex) { return static_cast<int>(bits_of(hex) >> 52U & 0xFU); }

std::string refusal_of(const std::string& text) {
  const auto read = read_position_text(text);
  return read ? "read as " + read->read_as : read.error();
}

/// A cell with these digits, of which the first that is not 0 is 2: none of a pentagon's missing sixth.
std::uint64_t cell_of(std::uint64_t base, int resolution, std::mt19937& random) {
  std::uint64_t bits = std::uint64_t{8} << 56U | static_cast<std::uint64_t>(resolution) << 52U | base << 45U;
  for (int place = 1; place <= 15; ++place) {
    const std::uint64_t digit = place > resolution ? 7 : place == 1 ? 2 : random() % 7;
    bits |= digit << static_cast<unsigned>(3 * (15 - place));
  }
  return bits;
}

}  // namespace

TEST_CASE("an H3 cell is its centre and the farthest place of its boundary, in every spelling of its index") {
  for (const auto& [hex, lon_deg, lat_deg, radius_m] : cells) {
    for (const auto& text :
         {hex, kordon::text::uppered(hex), "0" + hex, fmt::format("{}", bits_of(hex)), " (" + hex + ") "}) {
      CAPTURE(text);
      const auto read = read_position_text(text);
      REQUIRE_MESSAGE(read, read.error());
      CHECK(std::abs(read->place.lon_deg - lon_deg) < 2e-9);
      CHECK(std::abs(read->place.lat_deg - lat_deg) < 2e-9);
      CHECK(read->accuracy_m >= radius_m - 1e-4);
      CHECK(read->accuracy_m <= radius_m + 2e-4);
      CHECK(read->read_as == fmt::format("H3 cell of resolution {}, centre", resolution_of(hex)));
    }
  }
}

TEST_CASE("an H3 index that is no cell says what it is") {
  // By h3-py 4.3.1 from 871196234ffffff and 8f1196234ccb0c6: origin_to_directed_edges, cell_to_vertexes.
  for (const std::string edge : {"1371196234ffffff", "1400928868675616767", "11f1196234ccb0c6"}) {
    CHECK(refusal_of(edge).starts_with("is the index of an H3 edge, expected that of a cell"));
  }
  for (const std::string vertex : {"2571196230ffffff", "2697965561291210751", "20f1196234ccb0c6"}) {
    CHECK(refusal_of(vertex).starts_with("is the index of an H3 vertex, expected that of a cell"));
  }
  const std::string form = "has the form of an H3 cell of resolution 7, and there is no such cell";
  // A digit beyond the resolution, a digit 7 within it, a base cell that there is not, a pentagon's missing sixth.
  for (const std::string none : {"871196234fffffe", "87119623fffffff", "87f596234ffffff", "870840000ffffff"}) {
    CAPTURE(none);
    CHECK(refusal_of(none).starts_with(form + "; expected"));
  }
  CHECK(refusal_of("608295334258409472").starts_with(form + "; spreadsheets and JavaScript round such numbers;"));
  for (const std::string other :
       {"91196234fffffff", "871196234fffff", "00871196234ffffff", "0x871196234ffffff", "123456789abcdef",
        "999999999999999999", "18446744073709551616", "-608295334258409471"}) {
    CAPTURE(other);
    CHECK_FALSE(refusal_of(other).contains("H3"));
  }
}

TEST_CASE("no other notation reads the index of an H3 cell") {
  std::mt19937 random(3);
  for (int i = 0; i < 30'000; ++i) {
    const int resolution = i % 2 == 0 ? 12 + static_cast<int>(random() % 4) : static_cast<int>(random() % 16);
    const auto bits = cell_of(random() % 122, resolution, random);
    for (const auto& text : {fmt::format("{:x}", bits), fmt::format("{:016X}", bits), fmt::format("{}", bits)}) {
      const auto read = read_position_text(text);
      REQUIRE_MESSAGE(read, text, ": ", read.error());
      REQUIRE_MESSAGE(read->read_as.starts_with("H3 cell"), text, ": ", read->read_as);
    }
  }
}

TEST_CASE("geohashes are too short to be H3 cells, and what is meant as a square of the grid stays one") {
  CHECK(read_position_text("871196234fff")->read_as == "geohash of 12 characters, centre of its cell");
  CHECK(read_position_text("37DCB1234567890")->read_as == "MGRS square of 1 m, centre");
  CHECK(refusal_of("8CDE12345678901").contains("digits of easting"));  // of a square, says its reader
}
