#pragma once

#include <cstddef>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "geo/edge_index/standing.hpp"

namespace kordon::geo {

/// Targets that a survey lists besides the regions that contain the position and the nearest border section.
struct SurveyQuery {
  double near_m = 50e3;       ///< of others those whose lines are no farther than this
  std::size_t nearest = 8;    ///< and of these the nearest so many regions and so many border sections
  bool all = false;           ///< instead: every region and border section
  std::vector<Target> named;  ///< in any case; ascending, distinct
};

/// Survey: where a position stands against the targets near it. Used again, it allocates little.
struct Survey {
  struct Item {
    Target target;
    Standing standing;
  };
  std::vector<Item> items;          ///< ascending by target: regions first
  std::vector<Standing> coverages;  ///< by coverage
  Standing nearest_border;          ///< infinitely far where there is none
};

namespace edge_index {

struct IndexParts;

/// `Index::survey`.
void survey(const IndexParts& index, LonLat place, const SurveyQuery& query, Survey& out);

}  // namespace edge_index

}  // namespace kordon::geo
