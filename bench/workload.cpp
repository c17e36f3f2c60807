#include "bench/workload.hpp"

#include "tests/geo/oracle.hpp"

namespace kordon::bench {
namespace {

constexpr std::uint64_t seed = 20240530;

template <typename Draw>
Workload draw(std::string name, std::size_t count, Draw&& place) {
  Workload made{std::move(name), {}, {}};
  std::mt19937_64 random(seed);
  for (std::size_t i = 0; i < count; ++i) {
    const geo::LonLat at = place(random);
    made.lon_deg.push_back(at.lon_deg);
    made.lat_deg.push_back(at.lat_deg);
  }
  return made;
}

}  // namespace

Workload theatre(std::size_t count) {
  return draw("theatre", count, [](auto& random) { return geo::oracle::random_place(random, {33, 48}, {41, 52.5}); });
}

Workload near_border(const geo::Border& border, std::size_t count) {
  std::vector<double> edges;
  for (const auto& line : border.lines) edges.push_back(static_cast<double>(line.size() - 1));
  std::discrete_distribution<std::size_t> pick(edges.begin(), edges.end());
  return draw("near border", count,
              [&](auto& random) { return geo::oracle::random_place_near(random, border.lines[pick(random)], 5000); });
}

Workload whole_world(std::size_t count) {
  return draw("whole world", count, [](auto& random) { return geo::oracle::random_place(random); });
}

}  // namespace kordon::bench
