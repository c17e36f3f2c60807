#include "areas/rings.hpp"

#include <doctest/doctest.h>

#include <GeographicLib/PolygonArea.hpp>
#include <cmath>

#include "areas/read_area.hpp"

using namespace kordon;
using areas::Ring;

namespace {

/// GeographicLib's area of a ring, its edges cut until geodesics are as straight.
double truth_m2(const Ring& ring, int pieces = 2000) {
  GeographicLib::PolygonArea area(GeographicLib::Geodesic::WGS84());
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const auto& a = ring[i];
    const auto& b = ring[(i + 1) % ring.size()];
    for (int k = 0; k < pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      area.AddPoint(a.lat_deg + t * (b.lat_deg - a.lat_deg), a.lon_deg + t * (b.lon_deg - a.lon_deg));
    }
  }
  double perimeter_m = 0;
  double area_m2 = 0;
  area.Compute(false, true, perimeter_m, area_m2);
  return area_m2;
}

/// The more of the Earth an edge spans, the coarser the truth.
void check(const Ring& ring, double relative) { CHECK(std::abs(areas::area_m2(ring) / truth_m2(ring) - 1) < relative); }

}  // namespace

TEST_CASE("areas are GeographicLib's, from a house to a continent") {
  check({{36, 50}, {36.0001, 50}, {36.0001, 50.0001}, {36, 50.0001}}, 1e-8);
  check({{36, 50}, {37, 50.3}, {36.5, 51}, {35.8, 50.9}}, 1e-8);
  check({{10, -20}, {60, -10}, {50, 40}, {0, 45}}, 1e-6);
  check({{36, 89}, {80, 89.2}, {120, 89.9}, {30, 89.8}}, 1e-6);
}

TEST_CASE("a half-plane cuts a ring, holes included") {
  const areas::Rings rings{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}, {{1, 1}, {1, 3}, {3, 3}, {3, 1}}};
  const auto west = areas::clipped(rings, {-1, 0, 2});
  const auto east = areas::clipped(rings, {1, 0, -2});
  CHECK(areas::area_m2(west) + areas::area_m2(east) == doctest::Approx(areas::area_m2(rings)).epsilon(1e-12));
  CHECK(areas::contains(rings, {0.5, 2}));
  CHECK(!areas::contains(rings, {2, 2}));
}

TEST_CASE("a polygon that can be read in two ways is refused, and the place is named") {
  const auto bow = areas::read_area({{{{0, 0}, {1, 1}, {1, 0}, {0, 1}, {0, 0}}}}, tracks::EdgeKind::planar);
  REQUIRE(!bow);
  CHECK(bow.error().find("Self-intersection[0.5 0.5]") != std::string::npos);
  CHECK(areas::read_area({{{{0, 0}, {1, 1}, {1, 0}}}}, tracks::EdgeKind::planar).error() ==
        "ring 0 has fewer than four positions");
  CHECK(areas::read_area({{{{0, 0}, {1, 1}, {1, 0}, {0, 1}}}}, tracks::EdgeKind::planar)
            .error()
            .starts_with("ring 0 is not closed"));
  const auto round = areas::read_area({{{{0, 80}, {120, 80}, {-120, 80}, {0, 80}}}}, tracks::EdgeKind::planar);
  CHECK(round.error().starts_with("ring 0 goes round a pole"));
}

TEST_CASE("a polygon across the antimeridian has its area, and that is said") {
  const auto read =
      areas::read_area({{{{179, 0}, {-179, 0}, {-179, 1}, {179, 1}, {179, 0}}}}, tracks::EdgeKind::planar);
  REQUIRE(read);
  CHECK(areas::area_m2(read->rings) == doctest::Approx(truth_m2({{0, 0}, {2, 0}, {2, 1}, {0, 1}})).epsilon(1e-8));
  CHECK(read->warnings.size() == 1);
  const auto cap =
      areas::read_area({{{{-180, 80}, {180, 80}, {180, 90}, {-180, 90}, {-180, 80}}}}, tracks::EdgeKind::planar);
  REQUIRE(cap);
  CHECK(areas::area_m2(cap->rings) > 3.9e12);
}

TEST_CASE("geodesic edges and discs have their areas") {
  const areas::Drawn drawn{{{30, 50}, {45, 50}, {40, 58}, {30, 50}}};
  const auto read = areas::read_area({drawn}, tracks::EdgeKind::geodesic);
  REQUIRE(read);
  CHECK(areas::area_m2(read->rings) == doctest::Approx(truth_m2({{30, 50}, {45, 50}, {40, 58}}, 1)).epsilon(1e-6));
  const auto disc = areas::read_disc({36, 50}, 10e3);
  REQUIRE(disc);
  // On a sphere of the Gaussian radius there: pi r^2 (1 - r^2 / 12 R^2).
  CHECK(areas::area_m2(disc->rings) ==
        doctest::Approx(3.14159265358979 * 1e8 * (1 - 1e8 / 12 / 4.07e13)).epsilon(1e-7));
}
