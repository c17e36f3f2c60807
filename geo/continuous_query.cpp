#include "geo/continuous_query.hpp"

namespace kordon::geo {

edge_index::NearbyEdges continuous_query(const Index& index, std::span<const Target> targets) {
  return {index.parts(), targets};
}

}  // namespace kordon::geo
