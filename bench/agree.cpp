#include "bench/agree.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "bench/ask_single.hpp"
#include "tests/geo/oracle.hpp"

namespace kordon::bench {

Agreement::Agreement(const Setting& setting, const Workload& workload) : setting_(setting), workload_(workload) {
  evaluate(setting.query(), workload.positions(), full_);
}

Agreement::Sides Agreement::sides(std::size_t row) const {
  const auto& atlas = setting_.atlas();
  return {full_.signed_m[atlas.find_region("RU").value()][row], full_.signed_m[atlas.find_region("UA").value()][row]};
}

void Agreement::refuse_unless(bool same, std::size_t row, const char* what) const {
  if (same) return;
  const auto place = workload_.place(row);
  std::fprintf(stderr, "%s: Kordon and %s differ at %.9f %.9f\n", workload_.name.c_str(), what, place.lon_deg,
               place.lat_deg);
  std::exit(1);
}

void Agreement::report(const char* what, std::size_t compared) const {
  std::fprintf(stderr, "%s: %zu answers agree with %s\n", workload_.name.c_str(), compared, what);
}

void Agreement::with_geos(const GeosPeer& geos) const {
  std::size_t compared = 0;
  for (std::size_t row = 0; row < workload_.size(); ++row) {
    const auto [russia_m, ukraine_m] = sides(row);
    const auto peer = geos.sides(workload_.place(row));
    for (const auto& [mine_m, theirs] : {std::pair(russia_m, peer.in_russia), std::pair(ukraine_m, peer.in_ukraine)}) {
      if (std::abs(mine_m) < 1) continue;
      refuse_unless((mine_m > 0) == theirs, row, "GEOS");
      ++compared;
    }
  }
  report("GEOS: sides", compared);
}

void Agreement::with_s2(S2Peer& s2, std::size_t count) const {
  const auto& atlas = setting_.atlas();
  const auto& border_m = full_.signed_m[atlas.find_border("RU|UA").value()];
  std::size_t compared = 0;
  for (std::size_t row = 0; row < count; ++row) {
    const auto [russia_m, ukraine_m] = sides(row);
    const auto peer = s2.ask(workload_.place(row));
    for (const auto& [mine_m, theirs] : {std::pair(russia_m, peer.in_russia), std::pair(ukraine_m, peer.in_ukraine)}) {
      if (std::abs(mine_m) < 50) continue;
      refuse_unless((mine_m > 0) == theirs, row, "S2");
      ++compared;
    }
    refuse_unless(std::abs(-border_m[row] - peer.distance_m) <= 0.01 * peer.distance_m + 1, row, "S2");
    ++compared;
  }
  report("S2: sides, distances to 1 %", compared);
}

void Agreement::with_oracle(std::size_t count) const {
  const auto& atlas = setting_.atlas();
  for (geo::Target target = 0; target < atlas.target_count(); ++target) {
    const geo::oracle::Distance oracle(atlas.is_region(target) ? geo::oracle::lines_of(atlas.regions[target])
                                                               : atlas.borders[target - atlas.regions.size()].lines);
    for (std::size_t row = 0; row < count; ++row) {
      const double off_m = std::abs(full_.signed_m[target][row]) - oracle.to(workload_.place(row));
      refuse_unless(std::abs(off_m) <= 0.01, row, "GeographicLib");
    }
  }
  report("GeographicLib: distances to 1 cm", count * atlas.target_count());
}

void Agreement::with_single(std::size_t count) const {
  SingleAsker asker(setting_.query());
  for (std::size_t row = 0; row < count; ++row) {
    const auto& [standings, outcomes] = asker.ask(workload_.place(row));
    for (std::size_t target = 0; target < standings.size(); ++target) {
      refuse_unless(standings[target].margin_m() == full_.signed_m[target][row], row, "itself, alone");
      if (target < setting_.query().regions) continue;
      const auto& nearest = full_.nearest[target - setting_.query().regions][row];
      refuse_unless(standings[target].nearest == nearest, row, "itself, alone");
    }
    for (std::size_t program = 0; program < outcomes.size(); ++program) {
      refuse_unless(outcomes[program].verdict == full_.outcomes[program].verdict[row], row, "itself, alone");
      refuse_unless(outcomes[program].margin_m == full_.outcomes[program].margin_m[row], row, "itself, alone");
    }
  }
  report("themselves, asked one by one", count);
}

}  // namespace kordon::bench
