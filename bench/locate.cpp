// One evaluation's geometry (all regions' margins, both border sections' nearest points) beside GEOS prepared geometry
// doing less (two intersects and one planar distance), on the same seeded positions in the same run.
#include <benchmark/benchmark.h>
#include <geos_c.h>

#include <cstdio>
#include <cstdlib>
#include <random>

#include "geo/index.hpp"
#include "geo/load_atlas.hpp"

namespace {

using namespace kordon::geo;

struct Workload {
  const char* name;
  LonLat low, high;
};

constexpr Workload workloads[] = {{"theatre", {33, 48}, {41, 52.5}}, {"world", {-180, -90}, {180, 90}}};
constexpr std::size_t position_count = 4096;

Atlas load_shipped() {
  const std::string folder = KORDON_SOURCE_DIR "/shapefiles/";
  LayerSource countries;
  countries.id = "countries";
  countries.file = folder + "countries.shp";
  auto oblasts = countries;
  oblasts.id = "oblasts";
  oblasts.file = folder + "oblasts.shp";
  auto loaded = load_atlas({countries, oblasts}, {});
  if (loaded) return std::move(loaded->atlas);
  for (const auto& fault : loaded.error()) std::fprintf(stderr, "%s: %s\n", fault.where.c_str(), fault.message.c_str());
  std::exit(1);
}

std::vector<Position> positions_in(const Workload& workload) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> lon(workload.low.lon_deg, workload.high.lon_deg);
  std::uniform_real_distribution<double> lat(workload.low.lat_deg, workload.high.lat_deg);
  std::vector<Position> positions;
  for (std::size_t i = 0; i < position_count; ++i) {
    const double lon_deg = lon(random);
    positions.push_back(Position::checked({lon_deg, lat(random)}).value());
  }
  return positions;
}

/// RU and UA prepared for intersects, RU|UA for distance.
class GeosPeer {
 public:
  explicit GeosPeer(const Atlas& atlas) {
    for (const char* id : {"RU", "UA"}) regions_.push_back(prepare(area_of(atlas.regions[*atlas.find_region(id)])));
    const auto& border = atlas.borders[*atlas.find_border("RU|UA") - atlas.regions.size()];
    border_ = prepare(GEOSGeom_createLineString_r(context_, sequence_of(border.lines.front())));
  }

  [[nodiscard]] bool inside(std::size_t region, LonLat place) const {
    auto* point = GEOSGeom_createPointFromXY_r(context_, place.lon_deg, place.lat_deg);
    const bool inside = GEOSPreparedIntersects_r(context_, regions_[region], point) == 1;
    GEOSGeom_destroy_r(context_, point);
    return inside;
  }

  [[nodiscard]] double distance_deg(LonLat place) const {
    auto* point = GEOSGeom_createPointFromXY_r(context_, place.lon_deg, place.lat_deg);
    double distance_deg = 0;
    GEOSPreparedDistance_r(context_, border_, point, &distance_deg);
    GEOSGeom_destroy_r(context_, point);
    return distance_deg;
  }

 private:
  [[nodiscard]] GEOSCoordSequence* sequence_of(const Line& line) const {
    return GEOSCoordSeq_copyFromBuffer_r(context_, &line.front().lon_deg, static_cast<unsigned>(line.size()), 0, 0);
  }

  [[nodiscard]] GEOSGeometry* area_of(const Region& region) const {
    std::vector<GEOSGeometry*> shells;
    for (const auto& ring : region.rings) {
      shells.push_back(
          GEOSGeom_createPolygon_r(context_, GEOSGeom_createLinearRing_r(context_, sequence_of(ring)), nullptr, 0));
    }
    return GEOSGeom_createCollection_r(context_, GEOS_MULTIPOLYGON, shells.data(),
                                       static_cast<unsigned>(shells.size()));
  }

  [[nodiscard]] const GEOSPreparedGeometry* prepare(GEOSGeometry* geometry) const {
    return GEOSPrepare_r(context_, geometry);
  }

  GEOSContextHandle_t context_ = GEOS_init_r();
  std::vector<const GEOSPreparedGeometry*> regions_;
  const GEOSPreparedGeometry* border_ = nullptr;
};

std::vector<Target> all_targets(const Atlas& atlas) {
  std::vector<Target> targets;
  for (Target target = 0; target < atlas.target_count(); ++target) targets.push_back(target);
  return targets;
}

/// Both must say the same of every position before either is timed.
void check(const Atlas& atlas, const Index& index, const GeosPeer& geos, const std::vector<Position>& positions) {
  const Target targets[] = {*atlas.find_region("RU"), *atlas.find_region("UA")};
  for (const auto& position : positions) {
    Standing standings[2];
    index.locate(position, targets, standings);
    for (std::size_t i = 0; i < 2; ++i) {
      if (standings[i].distance_m < 1e-3) continue;
      if ((standings[i].side == Side::inside) == geos.inside(i, position.place())) continue;
      std::fprintf(stderr, "Kordon and GEOS differ at %.9f %.9f\n", position.place().lon_deg, position.place().lat_deg);
      std::exit(1);
    }
  }
}

void run(const Workload& workload, const Atlas& atlas, const Index& index, const GeosPeer& geos) {
  const auto positions = positions_in(workload);
  check(atlas, index, geos, positions);
  benchmark::RegisterBenchmark((std::string("kordon/") + workload.name).c_str(),
                               [=, &atlas, &index](benchmark::State& state) {
                                 const auto targets = all_targets(atlas);
                                 std::vector<Standing> standings(targets.size());
                                 std::size_t i = 0;
                                 for (auto _ : state) {
                                   index.locate(positions[i++ % position_count], targets, standings);
                                   benchmark::DoNotOptimize(standings.data());
                                 }
                               });
  benchmark::RegisterBenchmark((std::string("geos/") + workload.name).c_str(), [=, &geos](benchmark::State& state) {
    std::size_t i = 0;
    for (auto _ : state) {
      const auto place = positions[i++ % position_count].place();
      benchmark::DoNotOptimize(geos.inside(0, place));
      benchmark::DoNotOptimize(geos.inside(1, place));
      benchmark::DoNotOptimize(geos.distance_deg(place));
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  const auto atlas = load_shipped();
  const Index index(atlas);
  const GeosPeer geos(atlas);
  for (const auto& workload : workloads) run(workload, atlas, index, geos);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
