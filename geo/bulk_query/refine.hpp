#pragma once

#include "geo/bulk_query/boundary_plan.hpp"
#include "geo/bulk_query/nearest_in_lanes.hpp"
#include "geo/bulk_query/result_rows.hpp"
#include "geo/edge_index/index_parts.hpp"
#include "geo/edge_index/point_query.hpp"

namespace kordon::geo::bulk_query {

/// Refinement of a query block: the minimum over the trees of each column, side and signed distance; what lanes leave
/// undecided is searched row by row.
class Refinement {
 public:
  Refinement(const edge_index::IndexParts& index, const BoundaryPlan& plan, std::span<const Column> columns);

  /// Forgets the trees of the block before.
  void begin_block();
  /// Measures a query block's positions to the candidate edges of a tree; false if there are too many trees.
  bool add_tree(const QueryBlock& queries, std::uint32_t tree, const EdgeList& list);
  /// Answers the block's rows, searching alone for each that the trees so far leave undecided.
  void refine(const QueryBlock& queries, std::span<const ZRow> rows, ResultRows& out);

 private:
  /// Trees that a query block can have edges of.
  static constexpr std::size_t max_trees = 16;
  void mask();
  void refine_exactly(LonLat place, std::size_t lane);
  void find_regions(Target coverage, SignedDistances& answer) const;

  const edge_index::IndexParts& index_;
  const BoundaryPlan& plan_;
  std::span<const Column> columns_;
  std::size_t found_trees_ = 0;
  std::vector<NearestInLanes> found_;    ///< by group and found tree
  std::vector<edge_index::Edge> hints_;  ///< by column: the nearest to the last position that was refined alone
  std::vector<ClassMask> masks_;         ///< by column, as are the next two
  std::vector<ClassMinimum> merged_;
  std::vector<SignedDistances> signed_;
};

}  // namespace kordon::geo::bulk_query
