#include "geo/earth/position.hpp"

#include <doctest/doctest.h>

#include <limits>

using kordon::geo::LonLat;
using kordon::geo::Position;
using kordon::geo::PositionField;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

kordon::geo::PositionField faulty_field(kordon::geo::LonLat place, double accuracy_m = 0) {
  const auto position = kordon::geo::Position::checked(place, accuracy_m);
  REQUIRE_FALSE(position);
  return position.error().field;
}

std::string message_of(kordon::geo::LonLat place, double accuracy_m = 0) {
  const auto position = kordon::geo::Position::checked(place, accuracy_m);
  return position ? "" : position.error().message;
}

bool says(const std::string& message, const char* part) { return message.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a position keeps what it was given") {
  const auto position = kordon::geo::Position::checked({36.5873, 50.5956}, 12.5);
  REQUIRE(position);
  CHECK(position->place() == kordon::geo::LonLat{36.5873, 50.5956});
  CHECK(position->accuracy_m() == 12.5);
  CHECK(kordon::geo::Position::checked({0, 0})->accuracy_m() == 0);
}

TEST_CASE("the poles, the antimeridian and their corners are positions") {
  for (const double lon_deg : {-180.0, -0.0, 180.0}) {
    for (const double lat_deg : {-90.0, -0.0, 90.0}) CHECK(kordon::geo::Position::checked({lon_deg, lat_deg}));
  }
}

TEST_CASE("what is not a number, infinite or out of range is no longitude or latitude") {
  for (const double wrong : {nan, infinity, -infinity, 180.0000001, -180.0000001, 1e300}) {
    CHECK(faulty_field({wrong, 50}) == kordon::geo::PositionField::lon);
  }
  for (const double wrong : {nan, infinity, -infinity, 90.0000001, -90.0000001, 180.0, 1e300}) {
    CHECK(faulty_field({36, wrong}) == kordon::geo::PositionField::lat);
  }
  CHECK(message_of({181, 50}) == "longitude must be a number from -180 to 180 degrees, got 181");
  CHECK(says(message_of({nan, 50}), "got nan"));
}

TEST_CASE("an accuracy is a finite radius that is not negative") {
  for (const double wrong : {nan, infinity, -infinity, -1e-9, 10000001.0}) {
    CHECK(faulty_field({36, 50}, wrong) == kordon::geo::PositionField::accuracy_m);
  }
  CHECK(kordon::geo::Position::checked({36, 50}, kordon::geo::max_accuracy_m));
  CHECK(message_of({36, 50}, -1) == "accuracy must be a number of metres from 0 to 10000000, got -1");
}

TEST_CASE("the message asks whether the two are swapped where swapping would help, and only there") {
  CHECK(says(message_of({50.5, 136.5}), "swapped?"));
  CHECK(says(message_of({-50.5, -100}), "swapped?"));
  CHECK_FALSE(says(message_of({136.5, 100}), "swapped?"));
  CHECK_FALSE(says(message_of({50.5, 181}), "swapped?"));
  CHECK_FALSE(says(message_of({50.5, nan}), "swapped?"));
}
