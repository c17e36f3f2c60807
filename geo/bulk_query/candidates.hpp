#pragma once

#include <limits>
#include <vector>

#include "geo/bulk_query/boundary_plan.hpp"
#include "geo/bulk_query/prune.hpp"
#include "geo/bulk_query/query_packet.hpp"
#include "geo/edge_index/index_parts.hpp"

namespace kordon::geo::bulk_query {

/// Candidates of one tree: its balls that can hold an edge nearest to some place of a cell, and a near point of its
/// lines.
struct Candidates {
  std::uint32_t tree;      ///< in BoundaryPlan::trees
  std::size_t begin, end;  ///< of the items; of the blocks once there are blocks
  Vec3 near;
};

/// Stack of candidates: for a cell, for its quarter, for that one's quarter, and so on.
class CandidateStack {
 public:
  struct Range {
    std::size_t begin, end;
  };

  CandidateStack(const edge_index::IndexParts& index, const BoundaryPlan& plan, std::size_t columns)
      : index_(index), plan_(plan), near_(columns), before_(plan.trees.size()) {}

  /// Empties the stack and pushes the top balls of all trees.
  Range restart();

  /// Pushes the undominated candidates of `from` for a ball, divided until they are no coarser than the ball.
  Range prune_to(const Ball& ball, Range from);
  [[nodiscard]] std::size_t item_count(Range range) const;
  /// Pops all that was pushed since `from` was on top.
  void pop_to(Range from);

  /// Calls `found(tree, list)` for each tree with the edges of it that can be nearest in a ball. False, perhaps
  /// after some calls, if they are too many.
  template <typename Found>
  bool prune_edges(const Ball& ball, Range from, std::size_t max_blocks, EdgeList& list, Found&& found) {
    if (!gather_blocks(ball, from, max_blocks)) return false;
    for (const auto& candidates : block_candidates_) {
      const auto witnesses = witnesses_of(candidates, ball);
      const auto blocks = std::span(blocks_).subspan(candidates.begin, candidates.end - candidates.begin);
      list.size = 0;
      if (!prune(index_.edges, blocks, ball, witnesses, list)) return false;
      if (list.size == 0) continue;
      list.complete(index_.edges, ball);
      if (!found(candidates.tree, list)) return false;
    }
    return true;
  }

  /// `prune_edges` for the first group of a query block, by the limits of each of its positions.
  template <typename Found>
  bool prune_for_packet(const QueryBlock& queries, const Ball& ball, Range from, EdgeList& list, Found&& found) {
    block_candidates_.assign(candidates_.begin() + std::ptrdiff_t(from.begin),
                             candidates_.begin() + std::ptrdiff_t(from.end));
    for (auto& candidates : block_candidates_) approach(ball.centre, candidates);
    find_near(block_candidates_, ball.centre);
    for (const auto& candidates : block_candidates_) {
      list.size = 0;
      const auto unlimited = all_lanes(std::numeric_limits<double>::infinity());
      QueryPacket packet{queries.p[0], unlimited, ball.centre, {}, unlimited};
      lower_limits_to_nearest({&candidates.near, 1}, packet);
      lower_limits_to_nearest(before_[candidates.tree], packet);
      lower_limits_to_farthest(others_of(candidates), packet);
      if (!add_edges(candidates, packet, list)) return false;
      remember(packet, before_[candidates.tree]);
      if (list.size == 0) continue;
      list.complete(index_.edges, ball);
      if (!found(candidates.tree, list)) return false;
    }
    return true;
  }

 private:
  /// A ball of a tree, by level and number.
  struct Item {
    std::uint32_t level;
    std::uint32_t number;

    [[nodiscard]] Item child(std::uint32_t i) const {
      return {level - 1, number * static_cast<std::uint32_t>(edge_index::BallTree::fanout) + i};
    }
  };

  [[nodiscard]] const edge_index::BallTree& tree_of(std::uint32_t number) const {
    return index_.trees[plan_.trees[number].number];
  }
  bool gather_blocks(const Ball& ball, Range from, std::size_t max_blocks);
  void add_blocks(const Ball& in, const Witness& own, const edge_index::BallTree& tree, Item item);
  template <typename Visit>
  void visit_undominated(const Ball& in, std::span<const Witness> witnesses, const edge_index::BallTree& tree,
                         Item item, Visit&& visit);
  void approach(Vec3 place, Candidates& candidates) const;
  void find_near(std::span<const Candidates> candidates, Vec3 place);
  std::span<const Vec3> others_of(const Candidates& candidates);
  std::span<const Witness> witnesses_of(const Candidates& candidates, const Ball& ball);
  bool add_edges(const Candidates& candidates, QueryPacket& packet, EdgeList& list) const;
  void remember(const QueryPacket& packet, std::vector<Vec3>& points) const;
  bool add_edges(const edge_index::BallTree& tree, Item item, QueryPacket& packet, EdgeList& list) const;
  [[nodiscard]] edge_index::Balls balls_of(const Candidates& candidates, std::size_t begin) const;
  void keep_undominated(const Ball& in, std::span<const Witness> witnesses, const Candidates& candidates);
  void keep(const Ball& in, std::span<const Witness> witnesses, const edge_index::BallTree& tree, Item item);

  const edge_index::IndexParts& index_;
  const BoundaryPlan& plan_;
  std::vector<Item> items_;
  std::vector<Candidates> candidates_;
  std::vector<Vec3> near_;  ///< by column: the nearest of its trees' near points
  std::vector<Vec3> others_;
  std::vector<std::vector<Vec3>> before_;  ///< by tree: points of its lines near to the last packet's positions
  std::vector<Witness> witnesses_;
  std::vector<Candidates> block_candidates_;
  std::vector<edge_index::BlockNumber> blocks_;
};

}  // namespace kordon::geo::bulk_query
