#pragma once

#include <array>
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

/// Whether each of up to eight balls holds nothing that can be nearest, a lane each: because of the first rival, or
/// because of all others, if there are any. A rival is nearer than a ball everywhere in `in` if
/// near^2 - 2 * radius * far > limit, `near` being the ball's least distance from the centre of `in`, and `far` its
/// greatest distance from the rival.
void beat(std::span<const Ball> balls, const Around& in, std::span<const Rival> rivals, LaneBits& beaten);

/// Edges that are looked at together.
struct EdgeList {
  static constexpr std::size_t capacity = 512;
  std::size_t size = 0;
  std::array<Edge, capacity> edges;
  std::array<Curve, capacity> curves;
  /// Where a position's foot on the chord lies at a greater t than this, the next edge's start is as near as this one's
  /// end; infinite if there is no next one.
  std::array<double, capacity> ends;
  double sagitta_m = 0;  ///< the greatest of the curves'

  /// Works out all else from the edges, for positions of a ball.
  void complete(const Edges& of, const Around& in);
};

/// The nearest vertex of the blocks to a place, if it is nearer than `near`.
void approach_vertex(const Edges& edges, std::span<const Block> blocks, Vec3 place, Vec3& near);

/// Adds those edges of the blocks to the list that are not beaten. False if there is no room.
bool sift(const Edges& edges, std::span<const Block> blocks, const Around& in, std::span<const Rival> rivals,
          EdgeList& list);

/// The shortest chord from each of eight positions to a list's edges.
struct Shortest {
  LaneBits number;  ///< of the edge in the list
  Lanes limit2_m2;  ///< edges with longer chords are not nearest
  bool decided;     ///< no other edge of the list is within the limit, in any lane
};

/// Square of the chord from a position to an edge of the list; infinite where the next edge speaks for this one's end.
KORDON_INLINE double chord2_m2(const EdgeList& list, std::size_t i, Vec3 p) {
  const auto& curve = list.curves[i];
  const auto w = p - curve.a;
  const double t = dot(w, curve.d) * curve.inverse_d2;
  const double miss2 = length2(w - within_unit(t) * curve.d);
  return t > list.ends[i] ? std::numeric_limits<double>::infinity() : miss2;
}

/// Of each group of a leaf; `list` is not empty.
void find_shortest(const EdgeList& list, const Leaf& leaf, std::array<Shortest, Leaf::max_groups>& out);

}  // namespace kordon::geo
