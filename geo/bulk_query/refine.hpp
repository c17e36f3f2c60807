#pragma once

#include "geo/bulk_query/boundary_plan.hpp"
#include "geo/bulk_query/nearest_in_lanes.hpp"
#include "geo/bulk_query/result_rows.hpp"
#include "geo/edge_index/index_parts.hpp"
#include "geo/edge_index/point_query.hpp"

namespace kordon::geo::bulk_query {

/// What the boundary classes say of a query block's rows, put together for each column.
class Refinement {
 public:
  Refinement(const edge_index::IndexParts& index, const BoundaryPlan& plan, std::span<const Column> columns);

  /// Forgets the sets of the queries before.
  void begin_block();
  /// Compares a query block's positions with what can be nearest of a boundary class; false if there are too many sets.
  bool add_set(const QueryBlock& queries, std::uint32_t set, const EdgeList& list);
  /// Answers the block's rows, searching for each that the sets so far do not answer.
  void refine(const QueryBlock& queries, std::span<const ZRow> rows, ResultRows& out);

 private:
  /// Boundary classes that a query block can have edges of.
  static constexpr std::size_t max_sets = 16;
  void mask();
  void refine_exactly(LonLat place, std::size_t lane);
  void find_regions(Target coverage, SignedDistances& answer) const;

  const edge_index::IndexParts& index_;
  const BoundaryPlan& plan_;
  std::span<const Column> columns_;
  std::size_t found_sets_ = 0;
  std::vector<NearestInLanes> found_;    ///< by group and found set
  std::vector<edge_index::Edge> hints_;  ///< by column: the nearest to the last position that was refined alone
  std::vector<ClassMask> masks_;         ///< by column, as are the next two
  std::vector<ClassMinimum> merged_;
  std::vector<SignedDistances> signed_;
};

}  // namespace kordon::geo::bulk_query
