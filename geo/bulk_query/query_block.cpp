#include "geo/bulk_query/query_block.hpp"

#include <algorithm>
#include <limits>

namespace kordon::geo::bulk_query {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

KORDON_CLONES
Ball place_in_space(QueryBlock& queries) {
  Vec3Lanes low, high;
  low.fill({infinity, infinity, infinity});
  high.fill({-infinity, -infinity, -infinity});
  for (std::size_t g = 0; g < 2 * queries.pairs(); ++g) {
    auto& to = queries.p[g];
    KORDON_EACH_LANE(i) {
      const auto p = to_ecef(queries.lon_deg[g][i], queries.lat_deg[g][i]);
      to.set(i, p);
      low.x[i] = lesser(p.x, low.x[i]), low.y[i] = lesser(p.y, low.y[i]), low.z[i] = lesser(p.z, low.z[i]);
      high.x[i] = greater(p.x, high.x[i]), high.y[i] = greater(p.y, high.y[i]), high.z[i] = greater(p.z, high.z[i]);
    }
  }
  KORDON_EACH_LANE(i) { high.x[i] = -high.x[i], high.y[i] = -high.y[i], high.z[i] = -high.z[i]; }
  const Vec3 a{least_of(low.x), least_of(low.y), least_of(low.z)};
  const Vec3 b{-least_of(high.x), -least_of(high.y), -least_of(high.z)};
  const Vec3 centre = 0.5 * (a + b);
  for (std::size_t g = 0; g < 2 * queries.pairs(); ++g) {
    const auto& p = queries.p[g];
    auto& q = queries.q[g / 2];
    const auto first = g % 2 * lane_count;
    KORDON_EACH_LANE(i) q.set(first + i, offset_of(p[i] - centre));
  }
  return {centre, 0.5 * length(b - a) + 1e-3};
}

}  // namespace kordon::geo::bulk_query
