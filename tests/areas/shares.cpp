#include "areas/shares.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <ogr_geometry.h>

#include <GeographicLib/Geodesic.hpp>
#include <GeographicLib/PolygonArea.hpp>
#include <cmath>
#include <random>

#include "areas/read_area.hpp"
#include "tests/tracks/drawn.hpp"

using namespace kordon;
using policy::Verdict;

namespace {

/// Inside A, or within a distance of it.
struct Fixture {
  tracks::test::Map map;
  policy::Policy policy;
  policy::Program program;

  explicit Fixture(const std::string& wkt, double radius_m = 0, double line_accuracy_m = 0)
      : map(atlas_from_wkt({{"A", wkt}}), line_accuracy_m),
        policy(policy::test::policy_of(
            policy::test::everywhere(),
            {policy::test::permit(radius_m > 0 ? policy::test::within(radius_m, 0, "A") : policy::test::inside(0))})),
        program(tracks::test::compiled(policy)) {}

  [[nodiscard]] areas::AreaAnswer shares(const std::vector<geo::LonLat>& shell, double accuracy_m = 0) const {
    const auto read = areas::read_area({{shell}}, tracks::EdgeKind::planar);
    REQUIRE(read);
    return areas::find_shares(map.ask({&program}), read->rings, accuracy_m);
  }
};

double share_of(const areas::AreaAnswer& answer, Verdict verdict) {
  return answer.shares[0].area_m2[static_cast<std::size_t>(verdict)] / answer.area_m2;
}

std::string wkt_of(const std::vector<geo::LonLat>& shell) {
  std::string wkt = "POLYGON((";
  for (std::size_t i = 0; i < shell.size(); ++i) {
    wkt += fmt::format("{}{:.9f} {:.9f}", i == 0 ? "" : ",", shell[i].lon_deg, shell[i].lat_deg);
  }
  return wkt + "))";
}

std::unique_ptr<OGRGeometry> parsed(const std::string& wkt) {
  OGRGeometry* raw = nullptr;
  REQUIRE(OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &raw) == OGRERR_NONE);
  return std::unique_ptr<OGRGeometry>(raw);
}

/// GeographicLib's area of what GEOS cuts out in degrees, where edges of both are straight.
double truth_m2(const OGRGeometry& geometry) {
  if (wkbFlatten(geometry.getGeometryType()) != wkbPolygon) {
    double sum = 0;
    if (wkbFlatten(geometry.getGeometryType()) != wkbMultiPolygon) return 0;
    for (const auto* part : *geometry.toMultiPolygon()) sum += truth_m2(*part);
    return sum;
  }
  double sum = 0;
  for (const auto* ring : *geometry.toPolygon()) {
    GeographicLib::PolygonArea area(GeographicLib::Geodesic::WGS84());
    for (int i = 0; i + 1 < ring->getNumPoints(); ++i) {
      for (int k = 0; k < 300; ++k) {
        const double t = k / 300.0;
        area.AddPoint(ring->getY(i) + t * (ring->getY(i + 1) - ring->getY(i)),
                      ring->getX(i) + t * (ring->getX(i + 1) - ring->getX(i)));
      }
    }
    double perimeter_m = 0;
    double area_m2 = 0;
    area.Compute(false, true, perimeter_m, area_m2);
    sum += (sum == 0 ? 1 : -1) * std::abs(area_m2);  // the shell comes first
  }
  return sum;
}

std::vector<geo::LonLat> star(std::mt19937_64& random, geo::LonLat centre, double size_deg, int corners) {
  std::uniform_real_distribution<double> far(0.3, 1.0);
  std::vector<geo::LonLat> shell;
  for (int i = 0; i < corners; ++i) {
    const double angle = i * 2 * 3.14159265358979 / corners;
    const double r = far(random) * size_deg;
    shell.push_back({centre.lon_deg + 1.5 * r * std::cos(angle), centre.lat_deg + r * std::sin(angle)});
  }
  shell.push_back(shell.front());
  return shell;
}

}  // namespace

TEST_CASE("the share of a polygon inside a region is that of GEOS and GeographicLib to a millionth") {
  std::mt19937_64 random(7);
  const auto zone = wkt_of(star(random, {36, 50}, 0.4, 60));
  const Fixture fixture(zone);
  std::uniform_real_distribution<double> at(-0.3, 0.3);
  double worst = 0;
  for (int i = 0; i < 12; ++i) {
    const auto shell = star(random, {36 + at(random), 50 + at(random)}, i % 3 == 0 ? 0.3 : 0.03, 4 + 5 * i);
    const auto polygon = parsed(wkt_of(shell));
    const std::unique_ptr<OGRGeometry> both(polygon->Intersection(parsed(zone).get()));
    const auto answer = fixture.shares(shell);
    const double truth = truth_m2(*both) / truth_m2(*polygon);
    INFO(fmt::format("polygon {}: {} samples", i, answer.samples));
    CHECK(std::abs(share_of(answer, Verdict::eligible) - truth) < 1e-6);
    CHECK(std::abs(share_of(answer, Verdict::ineligible) - (1 - truth)) < 1e-6);
    worst = std::max(worst, std::abs(share_of(answer, Verdict::eligible) - truth));
  }
  MESSAGE(fmt::format("12 polygons: shares within {:.2g}", worst));
}

TEST_CASE("the share of a polygon within a distance is that of a geodesic circle") {
  // A region of 2 mm is as good as a point.
  const Fixture fixture("POLYGON((36 50,36.00000002 50,36.00000002 50.00000002,36 50.00000002,36 50))", 20e3);
  GeographicLib::PolygonArea circle(GeographicLib::Geodesic::WGS84());
  const auto& earth = GeographicLib::Geodesic::WGS84();
  for (int i = 0; i < 20000; ++i) {
    double lat_deg = 0;
    double lon_deg = 0;
    earth.Direct(50.00000001, 36.00000001, 360 - i * 0.018, 20e3 + 0.0008, lat_deg, lon_deg);
    circle.AddPoint(lat_deg, lon_deg);
  }
  double perimeter_m = 0;
  double truth = 0;
  circle.Compute(false, true, perimeter_m, truth);
  const auto answer = fixture.shares({{35.5, 49.7}, {36.4, 49.7}, {36.4, 50.3}, {35.5, 50.3}, {35.5, 49.7}});
  CHECK(std::abs(share_of(answer, Verdict::eligible) - truth / answer.area_m2) < 1e-6);
}

TEST_CASE("what accuracies leave open is a share of its own, and all shares make up the area") {
  const Fixture fixture("POLYGON((0 0,1 0,1 1,0 1,0 0))", 0, 100);
  const auto answer = fixture.shares({{-0.1, 0.4}, {0.1, 0.4}, {0.1, 0.6}, {-0.1, 0.6}, {-0.1, 0.4}});
  double sum = 0;
  for (const auto verdict : {Verdict::eligible, Verdict::ineligible, Verdict::indeterminate, Verdict::not_applicable})
    sum += share_of(answer, verdict);
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
  // A strip of 200 m of 0.2 degrees.
  CHECK(share_of(answer, Verdict::indeterminate) ==
        doctest::Approx(200 / (0.2 * 111319.49 * std::cos(0.5 * 3.14159265 / 180))).epsilon(1e-4));
  CHECK(share_of(answer, Verdict::not_applicable) == 0);
}

TEST_CASE("the least and the greatest margin of an area are found with their places") {
  const Fixture fixture("POLYGON((0 0,1 0,1 1,0 1,0 0))");
  const auto answer = fixture.shares({{0.2, 0.3}, {0.4, 0.3}, {0.4, 0.5}, {0.2, 0.5}, {0.2, 0.3}});
  CHECK(answer.shares[0].least.margin_m == doctest::Approx(0.2 * 111319.49).epsilon(2e-3));
  CHECK(answer.shares[0].least.place.lon_deg == doctest::Approx(0.2).epsilon(1e-4));
  CHECK(answer.shares[0].greatest.margin_m == doctest::Approx(0.4 * 111319.49).epsilon(2e-3));
  CHECK(share_of(answer, Verdict::eligible) == 1);
}

TEST_CASE("where nothing is permitted, the greatest margin is 0 all along the scope's line, and found as soon") {
  std::mt19937_64 random(3);
  const tracks::test::Map map(
      atlas_from_wkt({{"A", wkt_of(star(random, {36, 50}, 0.4, 30))}, {"B", "POLYGON((50 50,51 50,51 51,50 50))"}}), 0);
  const auto policy =
      policy::test::policy_of(policy::test::inside(0), {policy::test::permit(policy::test::within(1000, 1, "B"))});
  const auto program = tracks::test::compiled(policy);
  const areas::Drawn drawn{{{35.2, 49.8}, {36, 49.8}, {36, 50.2}, {35.2, 50.2}, {35.2, 49.8}}};
  const auto read = areas::read_area({drawn}, tracks::EdgeKind::planar);
  REQUIRE(read);
  const auto answer = areas::find_shares(map.ask({&program}), read->rings, 0);
  CHECK(std::abs(answer.shares[0].greatest.margin_m) < 1);
  CHECK(answer.shares[0].least.margin_m < -10e3);
  CHECK(share_of(answer, Verdict::eligible) == 0);
  MESSAGE(fmt::format("{} places", answer.samples));
  CHECK(answer.samples < 20000);
}
