#include "geo/edge_index/region_overlaps.hpp"

#include <algorithm>

#include "geo/edge_index/close_edges.hpp"
#include "geo/edge_index/point_query.hpp"

namespace kordon::geo::edge_index {
namespace {

struct Box {
  LonLat low{180, 90};
  LonLat high{-180, -90};

  explicit Box(const Region& region) {
    for (const auto& ring : region.rings) {
      for (const auto p : ring) {
        low = {std::min(low.lon_deg, p.lon_deg), std::min(low.lat_deg, p.lat_deg)};
        high = {std::max(high.lon_deg, p.lon_deg), std::max(high.lat_deg, p.lat_deg)};
      }
    }
  }
  [[nodiscard]] bool holds(LonLat p) const {
    const auto in = [&](double lon_deg) { return low.lon_deg <= lon_deg && lon_deg <= high.lon_deg; };
    const bool lon = in(p.lon_deg) || (std::abs(p.lon_deg) == 180 && in(-p.lon_deg));
    return lon && low.lat_deg <= p.lat_deg && p.lat_deg <= high.lat_deg;
  }
};

std::vector<Target> regions_of(const BoundaryClass& sides) {
  std::vector<Target> regions = sides.left;
  regions.insert(regions.end(), sides.right.begin(), sides.right.end());
  std::ranges::sort(regions);
  const auto repeated = std::ranges::unique(regions);
  regions.erase(repeated.begin(), repeated.end());
  return regions;
}

class Finder {
 public:
  Finder(const Atlas& atlas, const IndexParts& index) : index_(index), overlaps_(atlas.regions.size()) {
    for (const auto& sides : index.edges.classes) regions_.push_back(regions_of(sides));
    for (Target region = 0; region < atlas.regions.size(); ++region) {
      boxes_.emplace_back(atlas.regions[region]);
      layers_.push_back(atlas.layer_of(region));
    }
  }

  std::vector<std::vector<Target>> find() {
    cover_the_earth();
    share_a_side();
    cross();
    hold();
    return std::move(overlaps_);
  }

 private:
  [[nodiscard]] bool same_layer(Target a, Target b) const { return layers_[a] == layers_[b]; }
  [[nodiscard]] bool known(Target a, Target b) const { return std::ranges::binary_search(overlaps_[a], b); }

  void add(Target a, Target b) {
    if (a == b || !same_layer(a, b) || known(a, b)) return;
    overlaps_[a].insert(std::ranges::lower_bound(overlaps_[a], b), b);
    overlaps_[b].insert(std::ranges::lower_bound(overlaps_[b], a), a);
  }

  /// Regions without a line.
  void cover_the_earth() {
    for (Target region = 0; region < layers_.size(); ++region) {
      if (!index_.trees_of[region].empty()) continue;
      for (Target other = 0; other < layers_.size(); ++other) add(region, other);
    }
  }

  void share_a_side() {
    for (const auto& sides : index_.edges.classes) {
      for (const auto* side : {&sides.left, &sides.right}) {
        for (const auto a : *side) {
          for (const auto b : *side) add(a, b);
        }
      }
    }
  }

  void cross() {
    const auto wanted = [&](std::uint32_t one, std::uint32_t other) {
      for (const auto a : regions_[one]) {
        for (const auto b : regions_[other]) {
          if (a != b && same_layer(a, b) && !known(a, b)) return true;
        }
      }
      return false;
    };
    find_close_edges(index_.edges, wanted, [&](Edge i, Edge k) {
      for (const auto a : regions_[index_.edges.boundary_class(i)]) {
        for (const auto b : regions_[index_.edges.boundary_class(k)]) add(a, b);
      }
    });
  }

  /// Between junctions a line that crosses no other lies in a region or out of it as a whole.
  void hold() {
    const auto& edges = index_.edges;
    for (const auto& arc : edges.arcs) {
      for (auto i = arc.begin; i < arc.end; ++i) {
        if (i == arc.begin || edges.is_junction(i)) hold(regions_[edges.boundary_class(i)], edges.place_at(i, 0.5));
      }
    }
  }

  void hold(const std::vector<Target>& bounded, LonLat place) {
    for (Target region = 0; region < boxes_.size(); ++region) {
      if (!boxes_[region].holds(place) || std::ranges::binary_search(bounded, region)) continue;
      const auto open = [&](Target one) { return same_layer(one, region) && !known(one, region); };
      if (std::ranges::none_of(bounded, open)) continue;
      PointQuery search(index_, place);
      if (search.standing(region, search.find_nearest(region)).side == Side::outside) continue;
      for (const auto one : bounded) add(one, region);
    }
  }

  const IndexParts& index_;
  std::vector<std::vector<Target>> overlaps_;
  std::vector<std::vector<Target>> regions_;  ///< by boundary class
  std::vector<Box> boxes_;                    ///< by region
  std::vector<std::size_t> layers_;           ///< by region
};

}  // namespace

RegionOverlaps::RegionOverlaps(const Atlas& atlas, const IndexParts& index) : of_(Finder(atlas, index).find()) {}

bool RegionOverlaps::has(Target a, Target b) const { return std::ranges::binary_search(of_[a], b); }

}  // namespace kordon::geo::edge_index
