#include "evaluation/position_text.hpp"

#include <doctest/doctest.h>

#include <string>

using kordon::evaluation::read_position_text;

TEST_CASE("one place has many spellings") {
  for (const char* text :
       {"50.595611, 36.587306", "50.595611 36.587306", "50.595611;36.587306", "36.587306E 50.595611N",
        "50°35'44.2\"N 36°35'14.3\"E", "50° 35' 44.2\" N 36° 35' 14.3\" E", "50 35 44.2 N, 36 35 14.3 E",
        "50 35 44.2 N 36 35 14.3 E", "N 50 35 44.2 E 36 35 14.3", "50:35:44.2N 36:35:14.3E",
        "E36°35'14.3\" N50°35'44.2\"", "50d35'44.2\"N36d35'14.3\"E", "50°35′44.2″N 36°35′14.3″E"}) {
    CAPTURE(std::string(text));
    const auto read = kordon::evaluation::read_position_text(text);
    REQUIRE(read);
    CHECK(read->place.lat_deg == doctest::Approx(50.595611).epsilon(3e-8));
    CHECK(read->place.lon_deg == doctest::Approx(36.587306).epsilon(3e-8));
    CHECK(read->accuracy_m == 0);
  }
}

TEST_CASE("an MGRS square is its centre and half its diagonal") {
  // 37U CR 12345 67890: UTM zone 37 north, 312345 E 5567890 N is the square's south-west corner.
  for (const char* text : {"37UCR1234567890", "37U CR 12345 67890", "37ucr 1234567890"}) {
    const auto read = kordon::evaluation::read_position_text(text);
    REQUIRE(read);
    CHECK(read->place.lon_deg == doctest::Approx(36.368655).epsilon(1e-7));
    CHECK(read->place.lat_deg == doctest::Approx(50.233360).epsilon(1e-7));
    CHECK(read->accuracy_m == doctest::Approx(0.7071).epsilon(1e-3));
  }
  CHECK(kordon::evaluation::read_position_text("37UCR16")->accuracy_m == doctest::Approx(7071).epsilon(1e-3));
  CHECK(kordon::evaluation::read_position_text("ZAB1234")->place.lat_deg == doctest::Approx(84.9085).epsilon(1e-5));
}

TEST_CASE("UTM takes a hemisphere or a band, and says where the letter S is ambiguous") {
  for (const char* text : {"37n 312345.5 5567890.5", "37N 312345.5 5567890.5", "37U 312345.5 5567890.5"}) {
    const auto read = kordon::evaluation::read_position_text(text);
    REQUIRE(read);
    CHECK(read->place.lon_deg == doctest::Approx(36.368655).epsilon(1e-7));
    CHECK(read->warning.empty());
  }
  CHECK(kordon::evaluation::read_position_text("37s 312345 5567890")->place.lat_deg < 0);
  CHECK(kordon::evaluation::read_position_text("37s 312345 5567890")->warning.empty());
  CHECK_FALSE(kordon::evaluation::read_position_text("37s 312345 4000000")->warning.empty());
}

TEST_CASE("what is no position says what would be one") {
  for (const std::string text :
       {"", " ", "here", "50", "50,5956 36,5873", "1e5 3", "50N 36N", "37U", "37n x 5", "37n 1e9 5e6", "91 91", "1 2 3",
        "99UCR12", "37UCR123", "inf inf", "INVALID", "\xFF\xFE", "50:75N 5E"}) {
    CAPTURE(text);
    const auto read = kordon::evaluation::read_position_text(text);
    REQUIRE_FALSE(read);
    CHECK_FALSE(read.error().empty());
  }
  CHECK_FALSE(kordon::evaluation::read_position_text(std::string(10'000, '5')));
}

TEST_CASE("an angle of more than three numbers is refused before GeographicLib sees it") {
  for (const char* text :
       {"50 35 44.2 44 36 35 3 E.3 E", "1:2:3:4:5:6:7 8", "50\"43:29, 36", "1:2:3:4,1:2:3:4:5:6:7:8:9"}) {
    CAPTURE(std::string(text));
    CHECK_FALSE(kordon::evaluation::read_position_text(text));
  }
}
