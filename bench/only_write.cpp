#include "bench/only_write.hpp"

#include <algorithm>

namespace kordon::bench {

void only_write(const batch::Positions& positions, batch::Evaluations& out) {
  constexpr std::size_t block = 1024;
  for (std::size_t first = 0; first < positions.size(); first += block) {
    const auto end = std::min(first + block, positions.size());
    const auto fill = [&](auto& column, const auto& value) {
      for (auto i = first; i < end; ++i) column[i] = value(positions.lon_deg[i], positions.lat_deg[i]);
    };
    const auto sum = [](double lon_deg, double lat_deg) { return lon_deg + lat_deg; };
    for (auto& column : out.signed_m) fill(column, sum);
    for (auto& column : out.nearest)
      fill(column, [](double lon_deg, double lat_deg) { return geo::LonLat{lon_deg, lat_deg}; });
    for (auto& [verdict, margin_m, lo_m, hi_m, clause] : out.outcomes) {
      fill(verdict, [](double lon_deg, double lat_deg) { return policy::Verdict{lon_deg < lat_deg}; });
      for (auto* column : {&margin_m, &lo_m, &hi_m}) fill(*column, sum);
      fill(clause, [](double lon_deg, double lat_deg) { return std::uint32_t{lon_deg < lat_deg}; });
    }
  }
}

}  // namespace kordon::bench
