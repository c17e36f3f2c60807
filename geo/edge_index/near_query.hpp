#pragma once

#include <functional>
#include <vector>

#include "geo/edge_index/point_query.hpp"

namespace kordon::geo::edge_index {

/// The boundary classes of an index as a tree of balls, each of which holds all edges of a class: `block` is a class.
BallTree tree_of_classes(const IndexParts& index);

/// Query of the targets that are nearest to a place: up to `most` of those wanted, none with lines farther than
/// `within_m`; ties go to the lower target. Looks at classes, nearest balls first, until none can hold a nearer target,
/// so that far targets are not measured.
class NearQuery {
 public:
  NearQuery(const IndexParts& index, PointQuery& query) : index_(index), query_(query) {}

  struct Found {
    Target target;
    Nearest nearest;
  };

  /// Regions or border sections; `wanted(target)` says of each whether it may be found. Ascending by target, good until
  /// the next call.
  const std::vector<Found>& find(bool regions, double within_m, std::size_t most,
                                 const std::function<bool(Target)>& wanted);

 private:
  void measure(Target target, std::size_t most);

  const IndexParts& index_;
  PointQuery& query_;
  double limit_m_ = 0;
  std::vector<Target> measured_;
  std::vector<Found> found_;
};

}  // namespace kordon::geo::edge_index
