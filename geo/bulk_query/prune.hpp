#pragma once

#include <array>
#include <limits>
#include <span>

#include "geo/bulk_query/query_block.hpp"
#include "geo/edge_index/ball_tree.hpp"

/// Pruning of edges and balls that cannot be nearest, with slack for its own rounding. Nothing here is part of an
/// answer, so that it may be contracted into fused operations where the processor has them.
namespace kordon::geo::bulk_query {

/// Witness point: a point of some lines that dominates what is farther from every position of a ball; see
/// `locate_bulk`.
struct Witness {
  Vec3 at;
  double limit_m2;

  Witness(const Ball& in, Vec3 point);
};

/// Marks which of eight balls are dominated, a lane each: by the first witness, or by all others, if there are any. A
/// witness dominates a ball, being nearer everywhere in `in`, if
/// near^2 - 2 * radius * far > limit, `near` being the ball's least distance from the centre of `in`, and `far` its
/// greatest distance from the witness.
void find_dominated(const edge_index::Balls& balls, const Ball& in, std::span<const Witness> witnesses,
                    LaneBits& dominated);

/// Coefficients of the squared chord from a position at offset q to an edge from offset a to a + d, in single
/// precision. The square lacks |q|^2 and a constant r^2, which are about the same for all edges: less is lost to
/// rounding.
struct ChordCoefficients {
  Offset along;  ///< d / |d|^2, so that the foot is at t = along q + along_0
  float along_0;
  Offset start;  ///< -2 a, so that the square of the way from the start is start q + start_0, and what is left out
  float start_0;
  float d2;
  /// Where the foot lies at a greater t than this, the next edge's start is as near as this one's end; infinite if
  /// there is no next one.
  float end;
};

/// Edge list: the candidate edges of a query block, as seen from its ball.
struct EdgeList {
  static constexpr std::size_t capacity = 512;
  std::size_t size = 0;
  std::array<edge_index::Edge, capacity> edges;
  std::array<ChordCoefficients, capacity> chords;
  float left_out_m2 = 0;  ///< the constant that is left out of the chords' squares
  float sagitta_m = 0;    ///< the greatest of the edges
  float rounding_m2 = 0;  ///< what such a square can be off by
  float coarse_m2 = 0;    ///< what a chord's whole square can be off by

  /// Works out all else from the edges, at least one, for a query block whose ball (`place_in_space`) this is.
  void complete(const edge_index::Edges& of, const Ball& in);
};

/// The nearest vertex of the blocks to a place, if it is nearer than `near`.
void approach_vertex(const edge_index::Edges& edges, std::span<const edge_index::BlockNumber> blocks, Vec3 place,
                     Vec3& near);

/// Adds the undominated edges of the blocks to the list. False if the list is full.
bool prune(const edge_index::Edges& edges, std::span<const edge_index::BlockNumber> blocks, const Ball& in,
           std::span<const Witness> witnesses, EdgeList& list);

/// Square of the chord from a position to an edge, without what `ChordCoefficients` leaves out; infinite where the foot
/// lies beyond the edge's end, which is the next edge's start.
KORDON_INLINE float chord2_less_m2(const ChordCoefficients& edge, Offset q) {
  const float t = dot(edge.along, q) + edge.along_0;
  const float foot = edge_index::within_unit(t);
  const float chord2 = (dot(edge.start, q) + edge.start_0) + edge.d2 * (foot * (foot - 2 * t));
  return t > edge.end ? std::numeric_limits<float>::infinity() : chord2;
}

/// The shortest chord from each position of a pair of groups to a list's edges.
struct Shortest {
  SingleBits number;            ///< of the edge in the list
  Singles limit_m2;             ///< edges with longer chords are not nearest; see `chord2_less_m2`
  std::array<bool, 2> decided;  ///< no other edge of the list is within the limit, for any position of the group
};

/// Finds the shortest chords of each pair of a query block's groups; `list` is not empty.
void find_shortest(const EdgeList& list, const QueryBlock& queries, std::array<Shortest, QueryBlock::max_pairs>& out);

}  // namespace kordon::geo::bulk_query
