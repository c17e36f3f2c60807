#include "cartography/thinned_arc.hpp"

#include <algorithm>
#include <cmath>

#include "cartography/places.hpp"

namespace kordon::cartography {
namespace {

double distance2_deg2(geo::LonLat place, geo::LonLat a, geo::LonLat b) {
  const double dx = b.lon_deg - a.lon_deg;
  const double dy = b.lat_deg - a.lat_deg;
  const double px = place.lon_deg - a.lon_deg;
  const double py = place.lat_deg - a.lat_deg;
  const double length2 = dx * dx + dy * dy;
  const double t = length2 > 0 ? std::clamp((px * dx + py * dy) / length2, 0.0, 1.0) : 0.0;
  const double ex = px - t * dx;
  const double ey = py - t * dy;
  return ex * ex + ey * ey;
}

struct Span {
  std::size_t from;
  std::size_t to;
};

Places places_visited_twice(const std::vector<ThinnedArc>& arcs) {
  Places once;
  Places twice;
  for (const auto& arc : arcs) {
    for (std::size_t i = arc.is_closed() ? 1 : 0; i < arc.line->size(); ++i) {
      if (!once.insert((*arc.line)[i]).second) twice.insert((*arc.line)[i]);
    }
  }
  return twice;
}

/// A closed arc is halved at the vertex farthest from its ends, and its longer side once more.
void keep_corners(ThinnedArc& arc) {
  const auto last = arc.line->size() - 1;
  if (!arc.is_closed() || last < 3) return;
  const auto middle = arc.farthest_between(0, last);
  const auto corner = middle > last / 2 ? arc.farthest_between(0, middle) : arc.farthest_between(middle, last);
  arc.kept[middle] = arc.kept[corner] = true;
}

}  // namespace

std::size_t ThinnedArc::farthest_between(std::size_t from, std::size_t to) const {
  std::size_t farthest = from + 1;
  double worst = -1;
  for (auto i = from + 1; i < to; ++i) {
    const double offset = distance2_deg2((*line)[i], (*line)[from], (*line)[to]);
    if (offset <= worst) continue;
    worst = offset;
    farthest = i;
  }
  return farthest;
}

std::vector<ThinnedArc> skeletons(const std::vector<const geo::Arc*>& arcs) {
  std::vector<ThinnedArc> skeletons;
  for (const auto* arc : arcs) {
    skeletons.push_back({.line = &arc->line, .kept = std::vector<bool>(arc->line.size())});
    skeletons.back().kept.front() = skeletons.back().kept.back() = true;
  }
  const auto meetings = places_visited_twice(skeletons);
  for (auto& [line, kept, layers] : skeletons) {
    for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
      if (meetings.contains((*line)[i]) || meetings.contains((*line)[i + 1])) kept[i] = kept[i + 1] = true;
    }
  }
  return skeletons;
}

void thin(ThinnedArc& arc, double max_offset_deg) {
  keep_corners(arc);
  std::size_t from = 0;
  for (std::size_t to = 1; to < arc.kept.size(); ++to) {
    if (!arc.kept[to]) continue;
    thin(arc, from, to, max_offset_deg);
    from = to;
  }
}

void thin(ThinnedArc& arc, std::size_t first, std::size_t last, double max_offset_deg) {
  std::vector<Span> spans{{first, last}};
  while (!spans.empty()) {
    const auto [from, to] = spans.back();
    spans.pop_back();
    if (to - from < 2) continue;
    const auto farthest = arc.farthest_between(from, to);
    if (distance2_deg2((*arc.line)[farthest], (*arc.line)[from], (*arc.line)[to]) <= max_offset_deg * max_offset_deg) {
      continue;
    }
    arc.kept[farthest] = true;
    spans.push_back({from, farthest});
    spans.push_back({farthest, to});
  }
}

}  // namespace kordon::cartography
