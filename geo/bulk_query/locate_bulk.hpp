#pragma once

#include "geo/bulk_query/workspace.hpp"
#include "geo/edge_index/columns.hpp"
#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::bulk_query {

/// Many positions together: `Index::locate` by blocks of columns.
///
/// They are sorted along a Z-curve. The quarters of a cell inherit its candidates, so that the way to the edges is
/// shared and a position is measured against few of them.
///
/// Nothing at x is nearest anywhere in a ball of radius r around c if some point q of the same lines is nearer
/// everywhere in it: with |p - x|^2 - |p - q|^2 = |c - x|^2 - |c - q|^2 - 2 (p - c)(x - q) that is so if
/// |c - x|^2 - 2 r |x - q| > |c - q|^2. Off a smooth line this leaves a piece of about 4 r, however far the line is.
void locate_bulk(const edge_index::IndexParts& index, std::span<const double> lon_deg, std::span<const double> lat_deg,
                 std::span<const Column> columns, std::size_t block_rows, const TakeBlock& take, Workspace& workspace);

}  // namespace kordon::geo::bulk_query
