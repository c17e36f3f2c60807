#pragma once

#include "bench/geos_peer.hpp"
#include "bench/s2_peer.hpp"
#include "bench/setting.hpp"
#include "bench/workload.hpp"

namespace kordon::bench {

/// What is asked before anything is timed; each prints what it has compared, and ends the program where two differ.
class Agreement {
 public:
  Agreement(const Setting& setting, const Workload& workload);

  /// Sides of all positions, except within 1 m of the line.
  void with_geos(const GeosPeer& geos) const;
  /// Sides of the first positions, except within 50 m of the line: S2's edges are other curves. Distances to 1
  /// %: its Earth is a sphere.
  void with_s2(S2Peer& s2, std::size_t count) const;
  /// Distances to all targets of the first positions, to 1 cm.
  void with_oracle(std::size_t count) const;
  /// Distances, nearest points and verdicts of the first positions, to the last bit.
  void with_single(std::size_t count) const;

 private:
  struct Sides {
    double russia_m, ukraine_m;
  };
  [[nodiscard]] Sides sides(std::size_t row) const;
  void refuse_unless(bool same, std::size_t row, const char* what) const;
  void report(const char* what, std::size_t compared) const;

  const Setting& setting_;
  const Workload& workload_;
  batch::Evaluations full_;
};

}  // namespace kordon::bench
