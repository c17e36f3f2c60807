#pragma once

#include "geo/bulk_query/z_order.hpp"
#include "geo/simd/huge_vector.hpp"

namespace kordon::geo {

namespace edge_index {
struct IndexParts;
}

/// Room that batches work in, one at a time: some 30 bytes and a record (geo/bulk_query/result_rows.hpp), which is a
/// cache line for five targets, for each row of the largest, and for no more than 2^20 rows. Memory is as new each time
/// it is asked of the system, so who has many batches keeps one.
struct Workspace {
  bulk_query::ZOrder order;
  HugeVector<double> records;
  const edge_index::IndexParts* index = nullptr;  ///< of the index that was asked last
};

}  // namespace kordon::geo
