#include "geo/atlas/antimeridian.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::geo {
namespace {

struct Interval {
  double low;
  double high;
};

bool runs_along_antimeridian(LonLat from, LonLat to) {
  return from.lon_deg == to.lon_deg && std::abs(from.lon_deg) == 180;
}

/// What the region covers of the antimeridian from one side, as disjoint ascending intervals of latitude.
std::vector<Interval> covered(const std::vector<Line>& rings, double lon_deg) {
  std::vector<Interval> intervals;
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      if (ring[i].lon_deg != lon_deg || ring[i + 1].lon_deg != lon_deg) continue;
      const auto [low, high] = std::minmax(ring[i].lat_deg, ring[i + 1].lat_deg);
      intervals.push_back({low, high});
    }
  }
  std::ranges::sort(intervals, {}, &Interval::low);
  std::vector<Interval> merged;
  for (const auto& next : intervals) {
    if (!merged.empty() && next.low <= merged.back().high) {
      merged.back().high = std::max(merged.back().high, next.high);
    } else {
      merged.push_back(next);
    }
  }
  return merged;
}

std::vector<Interval> subtract(Interval whole, const std::vector<Interval>& taken) {
  std::vector<Interval> rest;
  for (const auto& part : taken) {
    if (part.high <= whole.low || part.low >= whole.high) continue;
    if (part.low > whole.low) rest.push_back({whole.low, part.low});
    whole.low = part.high;
  }
  if (whole.low < whole.high) rest.push_back(whole);
  return rest;
}

/// Collects lines; consecutive edges that meet make one line.
class LineCollector {
 public:
  void add_edge(LonLat from, LonLat to) {
    if (lines_.size() == first_of_ring_ || lines_.back().back() != from) lines_.push_back({from});
    lines_.back().push_back(to);
  }

  /// A ring that was opened somewhere else than at its first vertex continues across that vertex.
  void end_ring() {
    if (lines_.size() > first_of_ring_ + 1 && lines_.back().back() == lines_[first_of_ring_].front()) {
      auto& first = lines_[first_of_ring_];
      lines_.back().insert(lines_.back().end(), first.begin() + 1, first.end());
      std::swap(first, lines_.back());
      lines_.pop_back();
    }
    first_of_ring_ = lines_.size();
  }

  std::vector<Line> take() { return std::move(lines_); }

 private:
  std::vector<Line> lines_;
  std::size_t first_of_ring_ = 0;
};

/// The parts of an edge along the antimeridian that the region does not touch from the other side.
void add_uncovered(LineCollector& lines, LonLat from, LonLat to, const std::vector<Interval>& other_side) {
  const auto [low, high] = std::minmax(from.lat_deg, to.lat_deg);
  auto kept = subtract({low, high}, other_side);
  const bool northward = from.lat_deg < to.lat_deg;
  if (!northward) std::ranges::reverse(kept);
  for (const auto& [a, b] : kept) {
    lines.add_edge({from.lon_deg, northward ? a : b}, {from.lon_deg, northward ? b : a});
  }
}

}  // namespace

bool runs_along_pole(LonLat from, LonLat to) { return from.lat_deg == to.lat_deg && std::abs(from.lat_deg) == 90; }

std::vector<Line> without_artificial_edges(const std::vector<Line>& rings) {
  const auto east = covered(rings, 180);
  const auto west = covered(rings, -180);
  LineCollector lines;
  for (const auto& ring : rings) {
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      const auto from = ring[i];
      const auto to = ring[i + 1];
      if (runs_along_pole(from, to)) continue;
      if (runs_along_antimeridian(from, to)) {
        add_uncovered(lines, from, to, from.lon_deg > 0 ? west : east);
      } else {
        lines.add_edge(from, to);
      }
    }
    lines.end_ring();
  }
  return lines.take();
}

}  // namespace kordon::geo
