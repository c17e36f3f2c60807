#pragma once

#include <array>
#include <limits>
#include <span>

#include "geo/blocks.hpp"
#include "geo/leaf.hpp"

/// What leaves out edges that cannot be nearest, with slack for its own rounding: nothing here is part of an answer, so
/// that it may be contracted into fused operations where the processor has them.
namespace kordon::geo {

/// A point of some lines that others are held against, for all positions of a ball: see `locate_batch`.
struct Rival {
  Vec3 at;
  double limit_m2;

  Rival(const Around& in, Vec3 point);
};

/// Whether each of eight balls holds nothing that can be nearest, a lane each: because of the first rival, or
/// because of all others, if there are any. A rival is nearer than a ball everywhere in `in` if
/// near^2 - 2 * radius * far > limit, `near` being the ball's least distance from the centre of `in`, and `far` its
/// greatest distance from the rival.
void beat(const Balls& balls, const Around& in, std::span<const Rival> rivals, LaneBits& beaten);

/// What tells the chord from a position to an edge: both in metres from the centre of a ball, q being the position's.
struct ChordTerms {
  Vec3 along;  ///< d / |d|^2 for the edge from a to a + d, so that the foot is at t = along q + along_0
  double along_0;
  Vec3 start;  ///< -2 a, so that the square of the way from the start is |q|^2 + start q + start_0
  double start_0;
  double d2;
  /// Where the foot lies at a greater t than this, the next edge's start is as near as this one's end; infinite if
  /// there is no next one.
  double end;
};

/// Edges that are looked at together.
struct EdgeList {
  static constexpr std::size_t capacity = 512;
  std::size_t size = 0;
  std::array<Edge, capacity> edges;
  std::array<ChordTerms, capacity> chords;
  Vec3 centre;             ///< that the chords are told from
  double sagitta_m = 0;    ///< the greatest of the edges'
  double rounding_m2 = 0;  ///< what a chord's square can be off by

  /// Works out all else from the edges, for positions of a ball.
  void complete(const Edges& of, const Around& in);
};

/// The nearest vertex of the blocks to a place, if it is nearer than `near`.
void approach_vertex(const Edges& edges, std::span<const BlockNumber> blocks, Vec3 place, Vec3& near);

/// Adds those edges of the blocks to the list that are not beaten. False if there is no room.
bool sift(const Edges& edges, std::span<const BlockNumber> blocks, const Around& in, std::span<const Rival> rivals,
          EdgeList& list);

/// The shortest chord from each of eight positions to a list's edges.
struct Shortest {
  LaneBits number;  ///< of the edge in the list
  Lanes limit_m2;   ///< edges with longer chords are not nearest; see `chord2_less_m2`
  bool decided;     ///< no other edge of the list is within the limit, in any lane
};

/// Square of the chord from a position to an edge, less |q|^2, which is the same for all edges; infinite where the next
/// edge speaks for this one's end.
KORDON_INLINE double chord2_less_m2(const ChordTerms& edge, Vec3 q) {
  const double t = dot(edge.along, q) + edge.along_0;
  const double foot = within_unit(t);
  const double chord2 = (dot(edge.start, q) + edge.start_0) + edge.d2 * (foot * (foot - 2 * t));
  return t > edge.end ? std::numeric_limits<double>::infinity() : chord2;
}

/// Of each group of a leaf; `list` is not empty.
void find_shortest(const EdgeList& list, const Leaf& leaf, std::array<Shortest, Leaf::max_groups>& out);

}  // namespace kordon::geo
