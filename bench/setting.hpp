#pragma once

#include <string_view>
#include <vector>

#include "batch/measure.hpp"
#include "geo/index.hpp"
#include "policy/program.hpp"

namespace kordon::bench {

/// An atlas, its index, and a policy like the one that ships: counter-fire inside a region within 100 km of a border
/// section, long-range prohibited inside the region, air-defence anywhere.
class Setting {
 public:
  Setting(const geo::Atlas& atlas, std::string_view region, std::string_view border);

  [[nodiscard]] const geo::Atlas& atlas() const { return atlas_; }
  [[nodiscard]] const geo::Index& index() const { return index_; }
  [[nodiscard]] batch::BulkQuery query() const { return {index_, atlas_.regions.size(), accuracy_m_, programs_}; }
  /// Edges of the atlas, each once.
  [[nodiscard]] std::size_t edge_count() const;

 private:
  const geo::Atlas& atlas_;
  geo::Index index_;
  std::vector<double> accuracy_m_;
  policy::Policy policy_;
  std::vector<policy::Program> programs_;
};

}  // namespace kordon::bench
