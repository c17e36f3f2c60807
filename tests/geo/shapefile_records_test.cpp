#include "geo/atlas/shapefile_records.hpp"

#include <doctest/doctest.h>

#include "tests/geo/made_layer.hpp"

namespace kordon::geo::test {
namespace {

/// What is said of a Shapefile of one triangle, number 1 of which begins at byte 100, after bytes were written over it.
std::string damage(std::streamoff at, std::string_view bytes) {
  const TempDir dir;
  write_layer(dir.file("a.shp"),
              {{"A", "POLYGON((30 50,31 50,31 51,30 50))"}, {"B", "POLYGON((31 50,32 50,32 51,31 50))"}});
  if (!bytes.empty()) overwrite(dir.file("a.shp"), at, bytes);
  const auto found = damage_in_records(dir.file("a.shp"));
  return found ? *found : "";
}

using namespace std::string_view_literals;

}  // namespace

TEST_CASE("a whole Shapefile has no damage") { CHECK(damage(0, "").empty()); }

TEST_CASE("records that are damaged are named") {
  const std::string zeros(32, '\0');
  CHECK(damage(100 + 8 + 48 + 16, zeros).contains("outside the box that its record states"));
  CHECK(damage(100 + 8 + 48, "\xff\xff\xff\xff\xff\xff\xff\x7f"sv).contains("is not finite"));
  CHECK(damage(100 + 8 + 4, "\xff\xff\xff\xff\xff\xff\xff\x7f"sv).contains("box that is not finite"));
  CHECK(damage(100, "\x00\x00\x00\x07"sv).contains("record 1 is numbered 7"));
  CHECK(damage(104, "\x7f\x00\x00\x00"sv).contains("length that the file does not have"));
  CHECK(damage(108, "\x03"sv).contains("is of type 3"));
  CHECK(damage(108 + 36, "\xff\xff\xff\x00"sv).contains("parts"));
  CHECK(damage(108 + 40, "\xff\xff\xff\x7f"sv).contains("more than its"));
  CHECK(damage(108 + 44, "\x01"sv).contains("parts out of order"));
  CHECK(damage(32, "\x01"sv).contains("has shapes of type 1"));
  CHECK(damage(0, "\x01"sv).contains("no Shapefile's header"));
}

}  // namespace kordon::geo::test
