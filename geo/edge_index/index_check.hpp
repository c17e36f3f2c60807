#pragma once

#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::edge_index {

/// Whether every number of an index that a query uses is in range: blocks of arcs, classes of blocks,
/// targets of classes, balls of trees, edges of junctions; and every coordinate finite. For an index that was read from
/// a file, once: a query checks nothing. Linear in its arrays.
bool is_whole(const IndexParts& parts);

}  // namespace kordon::geo::edge_index
