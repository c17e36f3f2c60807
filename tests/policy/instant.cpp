#include "policy/instant.hpp"

#include <doctest/doctest.h>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {

using namespace std::chrono_literals;

TEST_CASE("an RFC 3339 text is read as an instant in UTC") {
  const Instant midnight = std::chrono::sys_days{2024y / 5 / 30};
  CHECK(parse_instant("2024-05-30T00:00:00Z") == midnight);
  CHECK(parse_instant("2024-05-30t00:00:00z") == midnight);
  CHECK(parse_instant("2024-05-30T03:00:00+03:00") == midnight);
  CHECK(parse_instant("2024-05-29T20:30:00-03:30") == midnight);
  CHECK(parse_instant("2024-05-30T00:00:00.25Z") == midnight + 250ms);
  CHECK(parse_instant("2024-05-30T00:00:00.1239999999999999999999Z") == midnight + 123ms);
  CHECK(parse_instant("2024-02-29T12:34:56Z") == std::chrono::sys_days{2024y / 2 / 29} + 12h + 34min + 56s);
}

TEST_CASE("any other text is not an instant") {
  for (const auto* text :
       {"", "2024", "2024-05-30", "2024-05-30T00:00:00", "2024-05-30 00:00:00Z", "2024-5-30T00:00:00Z",
        "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-05-30T24:00:00Z", "2024-05-30T00:60:00Z",
        "2024-05-30T00:00:60Z", "2024-05-30T00:00:00.Z", "2024-05-30T00:00:00+3:00", "2024-05-30T00:00:00+24:00",
        "2024-05-30T00:00:00+03:60", "2024-05-30T00:00:00Z ", "+024-05-30T00:00:00Z", "2024-05-30T00:00:00ZZ"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text));
  }
}

TEST_CASE("an instant is written with decimals only where it has them") {
  CHECK(to_text(instant("2024-05-30T03:00:00+03:00")) == "2024-05-30T00:00:00Z");
  CHECK(to_text(instant("2024-05-30T00:00:00.05Z")) == "2024-05-30T00:00:00.050Z");
  CHECK(to_text(instant("1969-12-31T23:59:59.999Z")) == "1969-12-31T23:59:59.999Z");
  CHECK(to_text(instant("0001-01-01T00:00:00Z")) == "0001-01-01T00:00:00Z");
}

TEST_CASE("an interval holds its first instant and not its last") {
  const auto from = instant("2024-05-30T00:00:00Z");
  const auto until = instant("2024-06-30T00:00:00Z");
  const Interval interval{from, until};
  CHECK_FALSE(interval.contains(from - 1ms));
  CHECK(interval.contains(from));
  CHECK(interval.contains(until - 1ms));
  CHECK_FALSE(interval.contains(until));
  CHECK(Interval{}.contains(from));
  CHECK(Interval{{}, until}.contains(from - 87600h));
  CHECK(Interval{from, {}}.contains(until + 87600h));
}

}  // namespace kordon::policy::test
