#include "evaluation/time_text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace kordon;
using evaluation::read_time_text;
using evaluation::TimeReading;
using evaluation::TimeZone;

namespace {

/// The text of what was read, or of why not.
std::string read(const std::string& text, const std::string& zone = {}, const std::string& format = {}) {
  TimeReading how{nullptr, format};
  if (!zone.empty()) how.zone = std::make_shared<const TimeZone>(*TimeZone::named(zone));
  const auto instant = read_time_text(text, how);
  return instant ? policy::to_text(*instant) : instant.error();
}

}  // namespace

TEST_CASE("times are read as pandas, PostgreSQL, GDAL and others write them") {
  for (const std::string text :
       {"2024-05-30T00:00:00Z", "2024-05-30 00:00:00+00:00", "2024-05-30 00:00:00+00", "2024-05-30 00:00:00+0000",
        "2024-05-30 00:00:00.000000+00:00", "2024-05-30 00:00+00:00", "2024-05-30T00:00Z", "2024-05-30T03:00+03:00",
        "2024/05/30 00:00:00+00", "20240530T000000Z", "20240530T0000Z", "2024-05-30 00:00:00 UTC",
        "30.05.2024 03:00 +03:00", "  2024-05-30 00:00:00 Z ", "2024-05-29 19:00:00-0500", "2024-05-30T00:00:00,000Z",
        "2024-5-30 0:00:00+00:00"}) {
    CAPTURE(text);
    CHECK(read(text) == "2024-05-30T00:00:00Z");
  }
  CHECK(read("2024-06-15 00:00:00.25+00:00") == "2024-06-15T00:00:00.250Z");
}

TEST_CASE("a time without a zone is an error, or is read by the zone that is stated") {
  CHECK(read("2024-05-30 03:00:00").contains("no time zone"));
  for (const std::string zone : {"+03:00", "+0300", "+03", "Europe/Kyiv"}) {
    CHECK(read("2024-05-30 03:00:00", zone) == "2024-05-30T00:00:00Z");
  }
  CHECK(read("2024-01-30 03:00", "Europe/Kyiv") == "2024-01-30T01:00:00Z");
  CHECK(read("2024-05-30 03:00:00Z", "Europe/Kyiv") == "2024-05-30T03:00:00Z");
  // In Kyiv clocks went from 03:00 to 04:00 on 31 March 2024, and from 04:00 back to 03:00 on 27 October.
  CHECK(read("2024-03-31 03:30", "Europe/Kyiv").contains("no such time"));
  CHECK(read("2024-10-27 03:30", "Europe/Kyiv").contains("twice"));
  CHECK(read("2024-10-27 04:30", "Europe/Kyiv") == "2024-10-27T02:30:00Z");
  for (const std::string zone : {"", "Kyiv", "../etc/passwd", "/etc/passwd", "+3", "+25:00", "EEST", "Europe",
                                 "posix/Europe", "leapseconds", "tzdata.zi", "Europe/"}) {
    CHECK_FALSE(TimeZone::named(zone));
  }
}

TEST_CASE("what can be read in two ways names the format to state") {
  CHECK(read("05/06/2024 00:00").contains("two orders"));
  CHECK(read("2024-05-30", "UTC").contains("without a time of day"));
  CHECK(read("1717027200").contains("unix"));
  CHECK(read("05/06/2024 00:00", "UTC", "%d/%m/%Y %H:%M") == "2024-06-05T00:00:00Z");
  CHECK(read("6/5/2024 1:30 PM", "UTC", "%m/%d/%Y %I:%M %p") == "2024-06-05T13:30:00Z");
  CHECK(read("30 May 2024", "UTC", "%d %b %Y") == "2024-05-30T00:00:00Z");
  CHECK(read("2024-05-30 00:00:00.5 +0000", "", "%Y-%m-%d %H:%M:%S.%f %z") == "2024-05-30T00:00:00.500Z");
  CHECK(read("1717027200", "", "unix") == "2024-05-30T00:00:00Z");
  CHECK(read("1717027200000", "", "unix_ms") == "2024-05-30T00:00:00Z");
  CHECK(read("1717027200000", "", "unix").contains("unix_ms"));
  CHECK(read("30.05.2024", "UTC", "%Y-%m-%d").contains("form"));
  CHECK_FALSE(evaluation::check_time_format("%H:%M"));
  CHECK_FALSE(evaluation::check_time_format("%Y-%m-%d %Q"));
  CHECK(evaluation::check_time_format("%d.%m.%Y"));
}

TEST_CASE("what is no time says what would be one") {
  for (const std::string text :
       {"", "yesterday", "2024-02-30T00:00:00Z", "2024-05-30T24:00:00Z", "2024-05-30T00:60:00Z",
        "2024-05-30T00:00:00+25:00", "2024-05-30T00:00:00Zx", "2024-05-30T00", "24-05-30T00:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(read_time_text(text));
  }
}
