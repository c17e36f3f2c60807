#include "geo/continuous_query.hpp"

#include "geo/bulk_query/workspace.hpp"

namespace kordon::geo {

edge_index::NearbyEdges continuous_query(const Index& index, std::span<const Target> targets) {
  Workspace workspace;
  index.locate({}, {}, {}, 1, [](std::size_t, std::size_t) {}, workspace);
  return {*workspace.index, targets};
}

}  // namespace kordon::geo
