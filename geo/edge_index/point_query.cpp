#include "geo/edge_index/point_query.hpp"

#include <bit>

#include "geo/earth/geodesic_series.hpp"
#include "geo/edge_index/best_first.hpp"
#include "geo/edge_index/block_kernels.hpp"
#include "geo/edge_index/far_distance.hpp"

namespace kordon::geo::edge_index {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

Nearest PointQuery::find_nearest(Target target, Edge hint) {
  Nearest best;
  double shortest_m = infinity;
  double out_of_range_m = infinity;
  const auto take = [&](const Found& found) {
    best.offer(found.nearest);
    shortest_m = std::min(shortest_m, found.shortest_m);
    out_of_range_m = std::min(out_of_range_m, found.out_of_range_m);
  };
  const auto& trees = index_.trees_of[target];
  for (const auto tree : trees) {
    if (kept(tree).tree == tree) take(kept(tree));
  }
  for (const auto tree : trees) {
    auto& found = kept(tree);
    const double within_m = std::min(best.distance_m, max_series_range_m);
    if (found.tree == tree && found.within_m >= within_m) continue;
    search(tree, within_m, hint, found);
    take(found);
  }
  const bool in_range = shortest_m <= max_series_chord_m && out_of_range_m > shortest_m + chord_slack_m(shortest_m);
  return in_range ? best : find_nearest_far(target, hint);
}

void PointQuery::search(std::uint32_t tree, double within_m, Edge hint, Found& found) const {
  const auto& edges = index_.edges;
  found = {tree, within_m, infinity, infinity, {}};
  double limit_m = within_m;
  const auto look_at = [&](BlockNumber number) {
    OnEdges on;
    auto within = nearest_on_edges(edges.blocks[number], query_.p, limit_m, on);
    for (; within != 0; within &= within - 1) {
      const auto i = static_cast<Edge>(std::countr_zero(within));
      found.nearest.offer({geodesic_from_chord_m(query_.p, on.offset[i]), number * EdgeBlock::size + i, on.t[i]});
      found.shortest_m = std::min(found.shortest_m, std::sqrt(on.chord2_m2[i]));
    }
    if (edges.blocks[number].range != 0)
      found.out_of_range_m = std::min(found.out_of_range_m, least_out_of_range_m(number, limit_m));
  };
  // A tree of many classes is all that its target has.
  const auto holds = [&](Edge edge) { return tree >= edges.classes.size() || edges.boundary_class(edge) == tree; };
  if (hint != no_edge && holds(hint)) look_at(hint / EdgeBlock::size);
  visit_best_first(
      index_.trees[tree], [&](const Balls& balls, Ranked& ranked) { rank_by_chord(balls, query_.p, ranked); },
      [&] { return limit_m; }, look_at);
}

/// Least chord to the edges of a block that are out of its range, if it is within the limit.
double PointQuery::least_out_of_range_m(BlockNumber number, double limit_m) const {
  const auto& block = index_.edges.blocks[number];
  const double range_m = series_range_m(block);
  double least_m = infinity;
  if (limit_m <= range_m) return least_m;
  for (Edge i = number * EdgeBlock::size; i < number * EdgeBlock::size + block.count; ++i) {
    const auto curve = index_.edges.curve(i);
    const double t = nearest_on_chord(curve, query_.p);
    const double chord_m = chord_at_least_m(curve, t, query_.p);
    if (chord_m > range_m && (t < 1 || index_.edges.is_last(i))) least_m = std::min(least_m, chord_m);
  }
  return least_m;
}

Edge PointQuery::find_shortest_chord(Target target) const {
  Edge edge = no_edge;
  double shortest_m = infinity;
  for (const auto tree : index_.trees_of[target]) {
    visit_best_first(
        index_.trees[tree], [&](const Balls& balls, Ranked& ranked) { rank_by_chord(balls, query_.p, ranked); },
        [&] { return shortest_m; },
        [&](BlockNumber number) {
          OnEdges on;
          double limit_m = infinity;
          auto within = nearest_on_edges(index_.edges.blocks[number], query_.p, limit_m, on);
          for (; within != 0; within &= within - 1) {
            const auto i = static_cast<Edge>(std::countr_zero(within));
            const double chord_m = std::sqrt(on.chord2_m2[i]);
            if (chord_m >= shortest_m) continue;
            shortest_m = chord_m;
            edge = number * EdgeBlock::size + i;
          }
        });
  }
  return edge;
}

/// Nearest edge by Karney's inverse and lower bounds of it: from afar chords tell little.
Nearest PointQuery::find_nearest_far(Target target, Edge hint) const {
  const auto& edges = index_.edges;
  Nearest best;
  const auto offer = [&](Edge i) {
    best.offer(measure_by_inverse(edges, query_, i, nearest_on_chord(edges.curve(i), query_.p), best.distance_m));
  };
  const auto first = hint != no_edge ? hint : find_shortest_chord(target);
  if (first == no_edge) return best;
  offer(first);
  for (const auto tree : index_.trees_of[target]) {
    visit_best_first(
        index_.trees[tree],
        [&](const Balls& balls, Ranked& ranked) {
          Lanes at_least_m;
          for (std::size_t i = 0; i < lane_count; ++i) at_least_m[i] = geodesic_to_ball_at_least_m(query_, balls[i]);
          ranked.rank(at_least_m);
        },
        [&] { return best.distance_m; },
        [&](BlockNumber number) {
          for (Edge i = 0; i < edges.blocks[number].count; ++i) offer(number * EdgeBlock::size + i);
        });
  }
  return best;
}

Standing PointQuery::standing(Target target, const Nearest& found) const {
  if (found.edge == no_edge) return without_line(target, found.distance_m);
  Standing standing{found.distance_m, index_.edges.place_at(found.edge, found.t), Side::outside};
  if (found.distance_m < on_line_m) {
    standing.side = Side::on_line;
  } else if (target < index_.regions || index_.is_coverage(target)) {
    const auto faces_of = [&](std::uint32_t number) { return index_.faces_of(target, number); };
    const auto face = find_face(index_.edges, index_.junctions, faces_of, query_.p, found);
    if (face != no_target) standing.side = Side::inside;
    if (index_.is_coverage(target)) standing.region = face;
  }
  return standing;
}

/// A region without a line is all of the Earth, and alone in its coverage.
Standing PointQuery::without_line(Target target, double distance_m) const {
  Standing standing{distance_m, query_.place, Side::inside};
  if (index_.is_coverage(target)) standing.region = index_.coverages[target - index_.targets].regions.front();
  if (target == index_.all_borders()) standing.side = Side::outside;
  return standing;
}

}  // namespace kordon::geo::edge_index
