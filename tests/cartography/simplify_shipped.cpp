// The shipped layers, simplified, held against GEOS: its idea of a valid polygon, and of how far a line has moved.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <geos_c.h>

#include <memory>

#include "cartography/maps.hpp"
#include "tests/cartography/shipped.hpp"

using namespace kordon;

namespace {

struct FinishContext {
  void operator()(GEOSContextHandle_HS* context) const { GEOS_finish_r(context); }
};

/// Reads shapes into GEOS; whatever it makes lives as long as the test.
class Geos {
 public:
  Geos() : context_(GEOS_init_r()) {}

  GEOSGeometry* read(const kordon::cartography::Polygons& polygons) {
    std::vector<GEOSGeometry*> parts;
    for (const auto& polygon : polygons) {
      std::vector<GEOSGeometry*> rings;
      for (const auto& ring : polygon) rings.push_back(GEOSGeom_createLinearRing_r(context_.get(), sequence(ring)));
      parts.push_back(GEOSGeom_createPolygon_r(context_.get(), rings[0], rings.data() + 1,
                                               static_cast<unsigned>(rings.size() - 1)));
    }
    return GEOSGeom_createCollection_r(context_.get(), GEOS_MULTIPOLYGON, parts.data(),
                                       static_cast<unsigned>(parts.size()));
  }

  GEOSGeometry* read(const kordon::geo::Line& line) {
    return GEOSGeom_createLineString_r(context_.get(), sequence(line));
  }

  std::string fault_of(const GEOSGeometry* geometry) {
    char* reason = GEOSisValidReason_r(context_.get(), geometry);
    std::string text = reason;
    GEOSFree_r(context_.get(), reason);
    return text;
  }

  double hausdorff_deg(const GEOSGeometry* a, const GEOSGeometry* b) {
    double distance = -1;
    GEOSHausdorffDistance_r(context_.get(), a, b, &distance);
    return distance;
  }

 private:
  GEOSCoordSequence* sequence(const kordon::geo::Line& line) {
    return GEOSCoordSeq_copyFromBuffer_r(context_.get(), &line.front().lon_deg, static_cast<unsigned>(line.size()), 0,
                                         0);
  }

  std::unique_ptr<GEOSContextHandle_HS, FinishContext> context_;
};

}  // namespace

TEST_CASE("shipped regions stay valid at every level, and borders move no farther than they may") {
  Geos geos;
  const kordon::cartography::Maps maps(shipped_atlas());
  for (int level = 1; level < kordon::cartography::level_count; ++level) {
    const double offset_deg = kordon::cartography::offset_deg_of(level);
    CAPTURE(offset_deg);
    const auto shapes = maps.shapes(offset_deg);
    for (std::size_t r = 0; r < shapes->regions.size(); ++r) {
      CAPTURE(shipped_atlas().regions[r].id);
      REQUIRE_FALSE(shapes->regions[r].empty());
      CHECK(geos.fault_of(geos.read(shapes->regions[r])) == "Valid Geometry");
    }
    for (std::size_t b = 0; b < shapes->borders.size(); ++b) {
      const auto& before = shipped_atlas().borders[b].lines;
      REQUIRE(shapes->borders[b].size() == before.size());
      for (std::size_t i = 0; i < before.size(); ++i) {
        CHECK(geos.hausdorff_deg(geos.read(before[i]), geos.read(shapes->borders[b][i])) <= offset_deg * 1.000001);
      }
    }
  }
}

TEST_CASE("an offset asks for the finest level that it allows") {
  CHECK(kordon::cartography::level_of(0) == 0);
  CHECK(kordon::cartography::level_of(0.00009) == 0);
  CHECK(kordon::cartography::level_of(0.0001) == 1);
  CHECK(kordon::cartography::level_of(0.00039) == 2);
  CHECK(kordon::cartography::level_of(10) == 17);
  CHECK(kordon::cartography::level_of(1e9) == kordon::cartography::level_count - 1);
  for (const double offset : {0.0001, 0.003, 0.01, 0.7, 10.0}) {
    CHECK(kordon::cartography::offset_deg_of(kordon::cartography::level_of(offset)) <= offset);
    CHECK(kordon::cartography::offset_deg_of(kordon::cartography::level_of(offset) + 1) > offset);
  }
}
