#pragma once

#include <vector>

#include "batch/measure.hpp"
#include "geo/index.hpp"
#include "policy/program.hpp"

namespace kordon::batch::test {

/// The shipped borders under rules like those that ship: counter-fire inside RU within 100 km of RU|UA-63, long-range
/// prohibited inside RU, air-defence anywhere.
class Kharkiv {
 public:
  Kharkiv();
  [[nodiscard]] BulkQuery query() const { return {index_, 3, accuracy_m_, programs_}; }

 private:
  geo::Index index_;
  std::vector<double> accuracy_m_;
  policy::Policy policy_;
  std::vector<policy::Program> programs_;
};

/// Seeded positions in a box, in columns.
struct Points {
  std::vector<double> lon_deg, lat_deg, accuracy_m;

  Points(std::size_t count, geo::LonLat low, geo::LonLat high, double worst_accuracy_m);
  [[nodiscard]] Positions positions() const { return {lon_deg, lat_deg, accuracy_m}; }
};

}  // namespace kordon::batch::test
