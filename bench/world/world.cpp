// The whole world at once: which region holds each position, the nearest border, its nearest point and the metres by
// which the region is stable, beside S2 on the same regions; and how the cost grows with regions of equal edges.
// `run` makes the layers and prints the figures of tzfpy and timezonefinder beside these.
#include <fmt/format.h>
#include <s2/mutable_s2shape_index.h>
#include <s2/s2closest_edge_query.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2earth.h>
#include <s2/s2latlng.h>
#include <s2/s2lax_polygon_shape.h>

#include <cmath>
#include <fstream>
#include <random>

#include "bench/cpu_time.hpp"
#include "bench/workload.hpp"
#include "geo/atlas/load_atlas.hpp"
#include "geo/atlas/topology.hpp"
#include "geo/bulk_query/workspace.hpp"
#include "geo/index.hpp"

namespace kordon::bench {
namespace {

/// Answers by row.
struct Answers {
  std::vector<std::vector<double>> signed_m;      ///< by coverage
  std::vector<std::vector<geo::Target>> regions;  ///< by coverage
  std::vector<double> border_m;
  std::vector<geo::LonLat> nearest;
  geo::Workspace workspace;

  void locate(const geo::Index& index, const Workload& workload) {
    const auto coverages = index.coverages().size();
    signed_m.resize(coverages);
    regions.resize(coverages);
    std::vector<geo::Column> columns;
    for (std::size_t i = 0; i < coverages; ++i) {
      signed_m[i].resize(workload.size());
      regions[i].resize(workload.size());
      columns.push_back(
          {.target = index.coverage_target(i), .signed_m = signed_m[i], .nearest = {}, .region = regions[i]});
    }
    border_m.resize(workload.size());
    nearest.resize(workload.size());
    columns.push_back({.target = index.all_borders(), .signed_m = border_m, .nearest = nearest, .region = {}});
    index.locate(workload.lon_deg, workload.lat_deg, columns, workload.size(), [](auto, auto) {}, workspace);
  }

  /// The least distance to a line of any coverage.
  [[nodiscard]] double stable_m(std::size_t row) const {
    double least_m = std::numeric_limits<double>::infinity();
    for (const auto& column : signed_m) least_m = std::min(least_m, std::abs(column[row]));
    return least_m;
  }
};

/// Nanoseconds of processor time a row, the better of some passes.
template <typename Pass>
double time_ns(std::size_t rows, int passes, Pass&& pass) {
  double best_s = std::numeric_limits<double>::infinity();
  for (int i = 0; i < passes; ++i) {
    const double start_s = thread_cpu_s();
    pass();
    best_s = std::min(best_s, thread_cpu_s() - start_s);
  }
  return best_s / static_cast<double>(rows) * 1e9;
}

S2Point to_s2(geo::LonLat place) { return S2LatLng::FromDegrees(place.lat_deg, place.lon_deg).ToPoint(); }

/// All regions in one index: contains, and the closest edge.
class S2World {
 public:
  explicit S2World(const geo::Atlas& atlas) {
    for (const auto& region : atlas.regions) {
      std::vector<S2LaxPolygonShape::Loop> loops;
      for (const auto& ring : region.rings) {
        auto& loop = loops.emplace_back();
        for (const auto place : ring) loop.push_back(to_s2(place));
        loop.pop_back();
      }
      index_.Add(std::make_unique<S2LaxPolygonShape>(loops));
    }
    index_.ForceBuild();
  }

  double ask(geo::LonLat place) {
    const auto point = to_s2(place);
    S2ContainsPointQuery<MutableS2ShapeIndex> contains(&index_);
    S2ClosestEdgeQuery closest(&index_);
    closest.mutable_options()->set_include_interiors(false);
    S2ClosestEdgeQuery::PointTarget target(point);
    return static_cast<double>(contains.GetContainingShapes(point).size()) +
           S2Earth::ToMeters(closest.GetDistance(&target));
  }

 private:
  MutableS2ShapeIndex index_;
};

/// Each position alone, region by region, as if there were no coverages. Ends the program where an answer differs.
void check(const geo::Atlas& atlas, const geo::Index& index, const Workload& workload, const Answers& answers,
           std::size_t count) {
  std::vector<geo::Target> targets(atlas.regions.size());
  for (geo::Target region = 0; region < targets.size(); ++region) targets[region] = region;
  std::vector<geo::Standing> standings(targets.size());
  for (std::size_t row = 0; row < count; ++row) {
    index.locate(geo::Position::checked(workload.place(row)).value(), targets, standings);
    std::vector<geo::Target> expected, got;
    double least_m = std::numeric_limits<double>::infinity();
    for (const auto region : targets) {
      if (standings[region].side == geo::Side::inside) expected.push_back(region);
      least_m = std::min(least_m, standings[region].distance_m);
    }
    for (const auto& column : answers.regions) {
      if (column[row] != geo::no_target) got.push_back(column[row]);
    }
    std::ranges::sort(got);
    if (got == expected && std::abs(answers.stable_m(row) - least_m) < 1e-3) continue;
    fmt::print(stderr, "differs at {} {}\n", workload.lon_deg[row], workload.lat_deg[row]);
    std::exit(1);
  }
  fmt::print("same as region by region: {} positions\n", count);
}

/// For the peers: a position and the regions that hold it, a row each.
void write(const geo::Atlas& atlas, const Workload& workload, const Answers& answers, const char* file) {
  std::ofstream out(file);
  out << "lon,lat,stable_m,regions\n";
  for (std::size_t row = 0; row < workload.size(); ++row) {
    out << fmt::format("{},{},{:.3f},", workload.lon_deg[row], workload.lat_deg[row], answers.stable_m(row));
    for (const auto& column : answers.regions) {
      if (column[row] != geo::no_target) out << atlas.regions[column[row]].id << ';';
    }
    out << '\n';
  }
}

/// Squares over most of the Earth, cut so that all have about 500,000 edges together.
geo::Atlas squares(int columns, int rows) {
  geo::Atlas atlas;
  const int cuts = 500'000 / (4 * columns * rows);
  for (int c = 0; c < columns; ++c) {
    for (int r = 0; r < rows; ++r) {
      const auto corner = [&](int i, int k) {
        return geo::LonLat{-170 + 340.0 * (c + i) / columns, -75 + 150.0 * (r + k) / rows};
      };
      const geo::LonLat corners[] = {corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1), corner(0, 0)};
      geo::Region region{fmt::format("{}-{}", c, r), "", "squares", 0, {{}}};
      for (int side = 0; side < 4; ++side) {
        // From the lower end on, so that neighbours share their vertices.
        const bool up = side < 2;
        const auto from = corners[up ? side : side + 1];
        const auto to = corners[up ? side + 1 : side];
        for (int i = 0; i < cuts; ++i) {
          const double t = (up ? i : cuts - i) / static_cast<double>(cuts);
          region.rings[0].push_back(
              {from.lon_deg + t * (to.lon_deg - from.lon_deg), from.lat_deg + t * (to.lat_deg - from.lat_deg)});
        }
      }
      region.rings[0].push_back(region.rings[0].front());
      atlas.regions.push_back(std::move(region));
    }
  }
  geo::derive_topology(atlas);
  return atlas;
}

void growth(const Workload& workload) {
  double first_ns = 0;
  for (const auto& [columns, rows] : {std::pair{4, 2}, {16, 8}, {40, 25}, {50, 40}}) {
    const auto atlas = squares(columns, rows);
    const geo::Index index(atlas);
    Answers answers;
    const double ns = time_ns(workload.size(), 2, [&] { answers.locate(index, workload); });
    if (first_ns == 0) first_ns = ns;
    fmt::print("{} regions, {} coverages: {:.0f} ns, {:.2f} times\n", atlas.regions.size(), index.coverages().size(),
               ns, ns / first_ns);
  }
}

int run(const char* file, const char* id_field, const char* out) {
  geo::LayerSource layer;
  layer.id = "world";
  layer.file = file;
  layer.id_field = id_field;
  const auto loaded = geo::load_atlas({layer}, {});
  if (!loaded) {
    for (const auto& fault : loaded.error()) fmt::print(stderr, "{}: {}\n", fault.where, fault.message);
    return 1;
  }
  const double start_s = thread_cpu_s();
  const geo::Index index(loaded->atlas);
  fmt::print("{} regions in {} coverages, {} bytes, built in {:.1f} s\n", loaded->atlas.regions.size(),
             index.coverages().size(), index.size_bytes(), thread_cpu_s() - start_s);
  const auto workload = whole_world(1'000'000);
  Answers answers;
  const double ns = time_ns(workload.size(), 2, [&] { answers.locate(index, workload); });
  fmt::print("kordon: {:.0f} ns a position\n", ns);
  check(loaded->atlas, index, workload, answers, 2000);
  write(loaded->atlas, workload, answers, out);
  S2World s2(loaded->atlas);
  double sum = 0;
  constexpr std::size_t few = 20'000;
  const double s2_ns = time_ns(few, 1, [&] {
    for (std::size_t row = 0; row < few; ++row) sum += s2.ask(workload.place(row));
  });
  fmt::print("S2: {:.0f} ns a position, {:.1f} times ({:.0f})\n", s2_ns, s2_ns / ns, sum);
  growth(workload);
  return 0;
}

}  // namespace
}  // namespace kordon::bench

int main(int argc, char** argv) {
  if (argc == 4) return kordon::bench::run(argv[1], argv[2], argv[3]);
  fmt::print(stderr, "bench_world LAYER ID_FIELD OUT.csv\n");
  return 2;
}
