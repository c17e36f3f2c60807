#include "geo/bulk_query/refine.hpp"

#include <algorithm>

namespace kordon::geo::bulk_query {

Refinement::Refinement(const edge_index::IndexParts& index, const BoundaryPlan& plan, std::span<const Column> columns)
    : index_(index),
      plan_(plan),
      columns_(columns),
      found_(QueryBlock::max_groups * max_trees),
      hints_(columns.size(), edge_index::no_edge),
      masks_(columns.size()),
      merged_(columns.size()),
      signed_(columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    masks_[i].coverage = index.is_coverage(columns[i].target);
    masks_[i].region = masks_[i].coverage || columns[i].target < index.regions;
  }
}

void Refinement::begin_block() {
  found_trees_ = 0;
  for (auto& mask : masks_) mask.trees = mask.inside_right = mask.merged = 0;
}

bool Refinement::add_tree(const QueryBlock& queries, std::uint32_t tree, const EdgeList& list) {
  if (found_trees_ == max_trees) return false;
  const auto bit = std::uint64_t{1} << found_trees_;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const auto part = plan_.part(column, tree);
    if (part != BoundaryPlan::Face::none) masks_[column].trees |= bit;
    if (part == BoundaryPlan::Face::inside_right) masks_[column].inside_right |= bit;
  }
  find_nearest_in_lanes(index_.edges, list, queries, &found_[found_trees_], max_trees);
  ++found_trees_;
  return true;
}

/// Columns that take the same merge it once.
void Refinement::mask() {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    auto& mask = masks_[column];
    while (masks_[mask.merged].trees != mask.trees) ++mask.merged;
  }
}

void Refinement::refine(const QueryBlock& queries, std::span<const ZRow> rows, ResultRows& out) {
  mask();
  for (std::size_t group = 0; group < queries.groups(); ++group) {
    const auto first = group * lane_count;
    const auto mine = rows.subspan(first, std::min(lane_count, rows.size() - first));
    const bool undecided = sign(&found_[group * max_trees], masks_, merged_, signed_);
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      if (masks_[column].coverage) find_regions(columns_[column].target, signed_[column]);
    }
    if (undecided) {
      for (std::size_t lane = 0; lane < mine.size(); ++lane) refine_exactly(mine[lane].place, lane);
    }
    out.put(mine, signed_);
  }
}

/// Turns the side of the nearest edge into the region there, and the sign into whether there is one.
void Refinement::find_regions(Target coverage, SignedDistances& answer) const {
  const auto& faces = index_.faces[coverage - index_.targets];
  for (std::size_t lane = 0; lane < lane_count; ++lane) {
    if (answer.far[lane] != 0) {
      answer.region[lane] = no_target;
      continue;
    }
    const double signed_m = answer.signed_m[lane];
    const double distance_m = std::abs(signed_m);
    const auto& sides = faces[index_.edges.boundary_class(static_cast<edge_index::Edge>(answer.edge[lane]))];
    const auto there = signed_m > 0 ? sides.left : sides.right;
    const auto region = distance_m >= edge_index::on_line_m ? there : no_target;
    answer.region[lane] = region;
    answer.signed_m[lane] = region != no_target ? distance_m : -distance_m;
  }
}

/// What the lanes do not know of a row.
void Refinement::refine_exactly(LonLat place, std::size_t lane) {
  const auto undecided = [lane](const SignedDistances& answer) {
    return (answer.far[lane] | answer.no_side[lane]) != 0;
  };
  if (std::ranges::none_of(signed_, undecided)) return;
  edge_index::PointQuery search(index_, place);
  for (auto column = columns_.size(); column-- > 0;) {
    auto& answer = signed_[column];
    if (!undecided(answer)) continue;
    const auto target = columns_[column].target;
    edge_index::Nearest found{std::abs(answer.signed_m[lane]), static_cast<edge_index::Edge>(answer.edge[lane]),
                              answer.t[lane]};
    if (answer.far[lane] != 0) {
      found = search.find_nearest(target, hints_[column]);
      hints_[column] = found.edge;
      answer.edge[lane] = found.edge;
      answer.t[lane] = found.t;
    }
    const auto standing = search.standing(target, found);
    answer.signed_m[lane] = standing.margin_m();
    answer.region[lane] = standing.region;
  }
}

}  // namespace kordon::geo::bulk_query
