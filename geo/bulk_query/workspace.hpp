#pragma once

#include "geo/bulk_query/z_order.hpp"
#include "geo/simd/huge_vector.hpp"

namespace kordon::geo {

/// Workspace of batches, one at a time: some 30 bytes and a record (geo/bulk_query/result_rows.hpp), which is a
/// cache line for five targets, for each row of the largest, and for no more than 2^20 rows. Fresh memory costs a
/// page fault for each page, so keep one workspace for many batches.
struct Workspace {
  bulk_query::ZOrder order;
  HugeVector<double> records;
};

}  // namespace kordon::geo
