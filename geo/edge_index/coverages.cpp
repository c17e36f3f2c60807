#include "geo/edge_index/coverages.hpp"

#include <algorithm>
#include <numeric>

#include "geo/edge_index/region_overlaps.hpp"

namespace kordon::geo::edge_index {

std::vector<Coverage> split_into_coverages(const Atlas& atlas, const IndexParts& index) {
  const RegionOverlaps overlaps(atlas, index);
  std::vector<Target> order(atlas.regions.size());
  std::iota(order.begin(), order.end(), Target{0});
  // Those that are hardest to place come first, which leaves fewer coverages.
  std::ranges::stable_sort(order, std::ranges::greater(), [&](Target region) { return overlaps.count(region); });
  std::vector<Coverage> coverages;
  for (const auto region : order) {
    const auto layer = atlas.layer_of(region);
    const auto takes = [&](const Coverage& coverage) {
      return coverage.layer == layer &&
             std::ranges::none_of(coverage.regions, [&](Target other) { return overlaps.has(region, other); });
    };
    auto found = std::ranges::find_if(coverages, takes);
    if (found == coverages.end()) found = coverages.insert(found, {layer, {}});
    found->regions.push_back(region);
  }
  for (auto& coverage : coverages) std::ranges::sort(coverage.regions);
  std::ranges::stable_sort(coverages, {}, [](const Coverage& c) { return std::pair(c.layer, c.regions.front()); });
  return coverages;
}

std::vector<Faces> faces_by_class(const Coverage& coverage, const std::vector<BoundaryClass>& classes) {
  const auto one_of = [&](const std::vector<Target>& side) {
    const auto in = [&](Target region) { return std::ranges::binary_search(coverage.regions, region); };
    const auto found = std::ranges::find_if(side, in);
    return found == side.end() ? no_target : *found;
  };
  std::vector<Faces> faces;
  for (const auto& one : classes) faces.push_back({one_of(one.left), one_of(one.right)});
  return faces;
}

}  // namespace kordon::geo::edge_index
