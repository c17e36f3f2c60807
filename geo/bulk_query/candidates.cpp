#include "geo/bulk_query/candidates.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "geo/edge_index/block_kernels.hpp"

namespace kordon::geo::bulk_query {
namespace {

/// Prefetches an object that is read soon and is not in the cache yet.
template <typename T>
void prefetch(const T& soon) {
  constexpr std::size_t cache_line = 64;
  const auto* bytes = reinterpret_cast<const std::byte*>(&soon);
  for (std::size_t i = 0; i < sizeof soon; i += cache_line) __builtin_prefetch(bytes + i);
}

}  // namespace

CandidateStack::Range CandidateStack::restart() {
  items_.clear();
  candidates_.clear();
  for (std::uint32_t number = 0; number < plan_.trees.size(); ++number) {
    const auto& tree = tree_of(number);
    const auto begin = items_.size();
    const auto level = tree.levels() - 1;
    for (std::uint32_t i = 0; i < edge_index::BallTree::fanout; ++i) {
      if (tree.held_by(level, 0).has(i)) items_.push_back({level, i});
    }
    candidates_.push_back(
        {number, begin, items_.size(), index_.edges.vertex(tree.block(0) * edge_index::EdgeBlock::size)});
  }
  return {0, candidates_.size()};
}

CandidateStack::Range CandidateStack::prune_to(const Ball& ball, Range from) {
  const auto begin = candidates_.size();
  for (auto i = from.begin; i < from.end; ++i) {
    auto candidates = candidates_[i];
    approach(ball.centre, candidates);
    candidates_.push_back(candidates);
  }
  find_near(std::span(candidates_).subspan(begin), ball.centre);
  auto kept = begin;
  for (auto i = begin; i < candidates_.size(); ++i) {
    auto candidates = candidates_[i];
    const auto witnesses = witnesses_of(candidates, ball);
    const auto first = items_.size();
    keep_undominated(ball, witnesses, candidates);
    candidates.begin = first;
    candidates.end = items_.size();
    if (first < items_.size()) candidates_[kept++] = candidates;
  }
  candidates_.resize(kept);
  return {begin, kept};
}

std::size_t CandidateStack::item_count(Range range) const {
  std::size_t count = 0;
  for (auto i = range.begin; i < range.end; ++i) count += candidates_[i].end - candidates_[i].begin;
  return count;
}

void CandidateStack::pop_to(Range from) {
  candidates_.resize(from.end);
  items_.resize(candidates_.empty() ? 0 : candidates_.back().end);
}

/// Collects into `block_candidates_` and `blocks_`.
bool CandidateStack::gather_blocks(const Ball& ball, Range from, std::size_t max_blocks) {
  block_candidates_.clear();
  blocks_.clear();
  for (auto i = from.begin; i < from.end; ++i) {
    auto candidates = candidates_[i];
    const auto first = blocks_.size();
    const auto coarse = [](Item item) { return item.level > 1; };
    if (std::any_of(items_.begin() + std::ptrdiff_t(candidates.begin), items_.begin() + std::ptrdiff_t(candidates.end),
                    coarse)) {
      approach(ball.centre, candidates);
    }
    const Witness own(ball, candidates.near);
    for (auto k = candidates.begin; k < candidates.end; ++k) {
      add_blocks(ball, own, tree_of(candidates.tree), items_[k]);
      if (blocks_.size() - first > max_blocks) return false;
    }
    candidates.begin = first;
    candidates.end = blocks_.size();
    approach_vertex(index_.edges, std::span(blocks_).subspan(first), ball.centre, candidates.near);
    block_candidates_.push_back(candidates);
  }
  find_near(block_candidates_, ball.centre);
  return true;
}

void CandidateStack::add_blocks(const Ball& in, const Witness& own, const edge_index::BallTree& tree, Item item) {
  if (item.level == 0) {
    blocks_.push_back(tree.block(item.number));
    return;
  }
  visit_undominated(in, {&own, 1}, tree, item, [&](Item child) { add_blocks(in, own, tree, child); });
}

/// Finds a vertex near to a place by the way down that looks best at each step.
void CandidateStack::approach(Vec3 place, Candidates& candidates) const {
  const auto& tree = tree_of(candidates.tree);
  double least2 = std::numeric_limits<double>::infinity();
  Item best{};
  for (auto i = candidates.begin; i < candidates.end; ++i) {
    const double d2 = length2(place - tree.ball(items_[i].level, items_[i].number).centre);
    if (d2 >= least2) continue;
    least2 = d2;
    best = items_[i];
  }
  while (best.level > 0) best = best.child(edge_index::nearest_ball(tree.held_by(best.level - 1, best.number), place));
  const auto block = tree.block(best.number);
  approach_vertex(index_.edges, {&block, 1}, place, candidates.near);
}

void CandidateStack::find_near(std::span<const Candidates> candidates, Vec3 place) {
  for (std::size_t column = 0; column < near_.size(); ++column) {
    double least2 = std::numeric_limits<double>::infinity();
    for (const auto& candidate : candidates) {
      if (plan_.part(column, candidate.tree) == BoundaryPlan::Face::none) continue;
      const double d2 = length2(place - candidate.near);
      if (d2 >= least2) continue;
      least2 = d2;
      near_[column] = candidate.near;
    }
  }
}

/// The near points of the tree's pruned_for columns, unless the tree's own is one of them.
std::span<const Vec3> CandidateStack::others_of(const Candidates& candidates) {
  others_.clear();
  const auto& pruned_for = plan_.trees[candidates.tree].pruned_for;
  if (std::ranges::all_of(pruned_for, [&](std::uint32_t column) { return near_[column] != candidates.near; })) {
    for (const auto column : pruned_for) others_.push_back(near_[column]);
  }
  return others_;
}

/// Witnesses of candidates: first the tree's own, then the others.
std::span<const Witness> CandidateStack::witnesses_of(const Candidates& candidates, const Ball& ball) {
  witnesses_.assign(1, Witness(ball, candidates.near));
  for (const auto other : others_of(candidates)) witnesses_.emplace_back(ball, other);
  return witnesses_;
}

bool CandidateStack::add_edges(const Candidates& candidates, QueryPacket& packet, EdgeList& list) const {
  const auto& tree = tree_of(candidates.tree);
  for (auto begin = candidates.begin; begin < candidates.end; begin += lane_count) {
    auto bits = balls_within(packet, balls_of(candidates, begin));
    for (; bits != 0; bits &= bits - 1) {
      const auto& item = items_[begin + static_cast<std::size_t>(std::countr_zero(bits))];
      if (!add_edges(tree, item, packet, list)) return false;
    }
  }
  return true;
}

/// Into `points`, for the next packet, which mostly lies beside this one.
void CandidateStack::remember(const QueryPacket& packet, std::vector<Vec3>& points) const {
  if (packet.near2_m2[0] == std::numeric_limits<double>::infinity()) return;
  points.clear();
  for (const auto edge : packet.near_edge) points.push_back(index_.edges.vertex(static_cast<edge_index::Edge>(edge)));
}

bool CandidateStack::add_edges(const edge_index::BallTree& tree, Item item, QueryPacket& packet, EdgeList& list) const {
  if (item.level == 0) {
    const auto number = tree.block(item.number);
    return prune(index_.edges.blocks[number], number, packet, list);
  }
  const auto& balls = tree.held_by(item.level - 1, item.number);
  auto bits = balls_within(packet, balls);
  if ((bits & (bits - 1)) == 0) {
    return bits == 0 || add_edges(tree, item.child(static_cast<std::uint32_t>(std::countr_zero(bits))), packet, list);
  }
  for (auto rest = bits; rest != 0; rest &= rest - 1) {
    const auto child = item.child(static_cast<std::uint32_t>(std::countr_zero(rest)));
    if (child.level == 0) {
      prefetch(index_.edges.blocks[tree.block(child.number)]);
    } else {
      prefetch(tree.held_by(child.level - 1, child.number));
    }
  }
  Ranked ranked;
  edge_index::rank_by_chord(balls, packet.centre, ranked);
  for (std::size_t rank = 0; rank < lane_count; ++rank) {
    const auto lane = ranked.lane(rank);
    if ((bits >> lane & 1) != 0 && !add_edges(tree, item.child(lane), packet, list)) return false;
  }
  return true;
}

/// Eight of the candidates' items, from one on.
edge_index::Balls CandidateStack::balls_of(const Candidates& candidates, std::size_t begin) const {
  const auto& tree = tree_of(candidates.tree);
  auto balls = edge_index::Balls::nowhere();
  for (std::size_t i = 0; i < std::min(lane_count, candidates.end - begin); ++i) {
    balls.set(i, tree.ball(items_[begin + i].level, items_[begin + i].number));
  }
  return balls;
}

/// Of the candidates' items.
void CandidateStack::keep_undominated(const Ball& in, std::span<const Witness> witnesses,
                                      const Candidates& candidates) {
  const auto& tree = tree_of(candidates.tree);
  LaneBits dominated;
  for (auto begin = candidates.begin; begin < candidates.end; begin += lane_count) {
    find_dominated(balls_of(candidates, begin), in, witnesses, dominated);
    for (std::size_t i = 0; i < lane_count; ++i) {
      if (dominated[i] == 0) keep(in, witnesses, tree, items_[begin + i]);
    }
  }
}

void CandidateStack::keep(const Ball& in, std::span<const Witness> witnesses, const edge_index::BallTree& tree,
                          Item item) {
  if (item.level == 0 || tree.ball(item.level, item.number).radius_m < in.radius_m) {
    items_.push_back(item);
    return;
  }
  visit_undominated(in, witnesses, tree, item, [&](Item child) { keep(in, witnesses, tree, child); });
}

template <typename Visit>
void CandidateStack::visit_undominated(const Ball& in, std::span<const Witness> witnesses,
                                       const edge_index::BallTree& tree, Item item, Visit&& visit) {
  LaneBits dominated;
  find_dominated(tree.held_by(item.level - 1, item.number), in, witnesses, dominated);
  for (std::uint32_t i = 0; i < edge_index::BallTree::fanout; ++i) {
    if (dominated[i] == 0) visit(item.child(i));
  }
}

}  // namespace kordon::geo::bulk_query
