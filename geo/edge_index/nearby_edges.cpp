#include "geo/edge_index/nearby_edges.hpp"

#include <algorithm>

#include "geo/earth/geodesic_series.hpp"
#include "geo/edge_index/best_first.hpp"
#include "geo/edge_index/block_kernels.hpp"
#include "geo/edge_index/point_query.hpp"

namespace kordon::geo::edge_index {
namespace {

/// What rounding and the curves' own error add to a bound, metres.
constexpr double slack_m = 0.01;

}  // namespace

NearbyEdges::NearbyEdges(const IndexParts& index, std::span<const Target> targets)
    : index_(index),
      targets_(targets.begin(), targets.end()),
      trees_of_(targets.size()),
      hints_(targets.size(), no_edge),
      found_(targets.size(), no_edge) {
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (const auto number : index.trees_of[targets[i]]) {
      auto known = std::ranges::find(trees_, number, &TreeEdges::number);
      if (known == trees_.end()) known = trees_.insert(trees_.end(), TreeEdges{number, 0, 0});
      trees_of_[i].push_back(static_cast<std::uint32_t>(known - trees_.begin()));
    }
  }
  nearest_.resize(trees_.size());
  bounds_.resize(trees_.size());
  begin_m_.resize(targets.size());
}

bool NearbyEdges::collect(LonLat centre, double radius_m) {
  PointQuery search(index_, centre);
  std::vector<double> within_m(trees_.size(), -1);
  ready_ = false;
  for (auto i = targets_.size(); i-- > 0;) {
    const auto found = search.find_nearest(targets_[i], hints_[i]);
    hints_[i] = found.edge;
    if (found.edge == no_edge) continue;
    const double search_m = found.distance_m + 2 * radius_m + slack_m;
    if (!(search_m < max_series_chord_m)) return false;
    for (const auto tree : trees_of_[i]) within_m[tree] = std::max(within_m[tree], search_m);
  }
  edges_.clear();
  for (std::size_t tree = 0; tree < trees_.size(); ++tree) {
    if (!collect_tree(trees_[tree], search.query().p, within_m[tree])) return false;
  }
  centre_ = search.query().p;
  radius_m_ = radius_m;
  return ready_ = true;
}

bool NearbyEdges::collect_tree(TreeEdges& tree, Vec3 centre, double within_m) {
  tree.begin = tree.end = static_cast<std::uint32_t>(edges_.size());
  if (within_m < 0) return true;
  double limit_m = within_m;
  bool in_range = true;
  visit_best_first(
      index_.trees[tree.number], [&](const Balls& balls, Ranked& ranked) { rank_by_chord(balls, centre, ranked); },
      [&] { return limit_m; },
      [&](BlockNumber number) {
        const auto& block = index_.edges.blocks[number];
        in_range = in_range && within_m < series_range_m(block);
        for (Edge edge = number * EdgeBlock::size; edge < number * EdgeBlock::size + block.count; ++edge) {
          const auto curve = index_.edges.curve(edge);
          if (nearest_on_edge(curve, centre).chord2_m2 > within_m * within_m) continue;
          edges_.push_back({edge, index_.edges.is_last(edge), curve});
        }
        if (edges_.size() > max_edges || !in_range) limit_m = -1;
      });
  tree.end = static_cast<std::uint32_t>(edges_.size());
  return in_range && edges_.size() <= max_edges;
}

bool NearbyEdges::covers(LonLat place) const {
  return ready_ && length2(to_ecef(place) - centre_) <= radius_m_ * radius_m_;
}

Nearest NearbyEdges::nearest_of(const TreeEdges& tree, Vec3 place) const {
  Nearest best;
  for (auto i = tree.begin; i < tree.end; ++i) {
    const auto& [edge, last, curve] = edges_[i];
    const auto on = nearest_on_edge(curve, place);
    if (on.t == 1.0 && !last) continue;  // the next edge begins there
    best.offer({geodesic_from_chord_m(place, on.offset), edge, on.t});
  }
  return best;
}

double NearbyEdges::signed_distance_m(Target target, Vec3 place, const Nearest& found) const {
  const auto faces_of = [&](std::uint32_t number) { return index_.faces_of(target, number); };
  const bool inside =
      target < index_.regions && find_face(index_.edges, index_.junctions, faces_of, place, found) != no_target;
  return inside ? found.distance_m : -found.distance_m;
}

void NearbyEdges::signed_m(LonLat place, std::span<double> out) {
  PointQuery search(index_, place);
  const bool covered = ready_ && length2(search.query().p - centre_) <= radius_m_ * radius_m_;
  if (covered) {
    for (std::size_t tree = 0; tree < trees_.size(); ++tree)
      nearest_[tree] = nearest_of(trees_[tree], search.query().p);
  }
  for (auto i = targets_.size(); i-- > 0;) {
    Nearest found;
    if (covered) {
      for (const auto tree : trees_of_[i]) found.offer(nearest_[tree]);
    } else {
      found = search.find_nearest(targets_[i], hints_[i]);
      hints_[i] = found.edge;
    }
    found_[i] = found.edge;
    out[i] = found.edge == no_edge ? search.standing(targets_[i], found).margin_m()
                                   : signed_distance_m(targets_[i], search.query().p, found);
  }
}

Bounds NearbyEdges::distance_m(const TreeEdges& tree, const Way& way) const {
  Bounds bounds{Nearest{}.distance_m, Nearest{}.distance_m};
  for (auto i = tree.begin; i < tree.end; ++i) {
    const auto of_edge = way.distance_m(edges_[i].curve);
    bounds.least_m = std::min(bounds.least_m, of_edge.least_m);
    bounds.most_m = std::min(bounds.most_m, of_edge.most_m);
  }
  return bounds;
}

bool NearbyEdges::bound_m(LonLat from, LonLat to, std::span<Bounds> out) {
  if (!covers(from) || !covers(to)) return false;
  const Way way(from, to);
  signed_m(from, begin_m_);
  for (std::size_t tree = 0; tree < trees_.size(); ++tree) bounds_[tree] = distance_m(trees_[tree], way);
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    Bounds bounds{Nearest{}.distance_m, Nearest{}.distance_m};
    for (const auto tree : trees_of_[i]) {
      bounds.least_m = std::min(bounds.least_m, bounds_[tree].least_m);
      bounds.most_m = std::min(bounds.most_m, bounds_[tree].most_m);
    }
    if (found_[i] == no_edge) {
      out[i] = {begin_m_[i], begin_m_[i]};
    } else if (targets_[i] < index_.regions && !(bounds.least_m > 0)) {
      out[i] = {-bounds.most_m, bounds.most_m};
    } else {
      out[i] = begin_m_[i] > 0 ? bounds : Bounds{-bounds.most_m, -bounds.least_m};
    }
  }
  return true;
}

}  // namespace kordon::geo::edge_index
