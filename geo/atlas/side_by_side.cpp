#include "geo/atlas/side_by_side.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "geo/atlas/edge_grid.hpp"
#include "geo/atlas/local_plane.hpp"
#include "geo/atlas/stretches.hpp"

namespace kordon::geo {
namespace {

/// Lines are measured in pieces of about this part of the distance within which they are looked for.
constexpr double piece_part = 0.125;
const double most_turn = std::cos(30 * std::numbers::pi / 180);

struct Direction {
  double x;
  double y;
};

Direction direction_of(LonLat a, LonLat b) {
  const double x = (b.lon_deg - a.lon_deg) * std::cos(a.lat_deg * std::numbers::pi / 180);
  const double y = b.lat_deg - a.lat_deg;
  const double length = std::hypot(x, y);
  return length > 0 ? Direction{x / length, y / length} : Direction{0, 0};
}

/// Pieces of arcs that have regions on one side only, where others are near, turned so that these lie to the left.
struct Unshared {
  std::vector<Line> lines;
  std::vector<const std::vector<std::size_t>*> regions;
};

void add_near_pieces(const Line& line, const std::vector<std::size_t>& regions, const Cells& near, Unshared& unshared) {
  bool open = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const bool wanted = near.contain(line[i], line[i + 1]);
    if (wanted && !open) {
      unshared.lines.push_back({line[i]});
      unshared.regions.push_back(&regions);
    }
    if (wanted) unshared.lines.back().push_back(line[i + 1]);
    open = wanted;
  }
}

Unshared unshared_of(const std::vector<Arc>& arcs, double within_m) {
  const auto near = unshared_near_others(arcs, within_m);
  Unshared unshared;
  for (const auto& arc : arcs) {
    if (!arc.left.empty() && !arc.right.empty()) continue;
    if (arc.left.empty()) {
      add_near_pieces(Line(arc.line.rbegin(), arc.line.rend()), arc.right, near, unshared);
    } else {
      add_near_pieces(arc.line, arc.left, near, unshared);
    }
  }
  return unshared;
}

/// Pieces of a line of about equal length; long edges are divided, short ones taken together.
Line in_pieces(const Line& line, double length_m) {
  Line pieces{line.front()};
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const auto edge_m = plane_distance_m(line[i], line[i + 1]);
    const auto count = static_cast<std::size_t>(edge_m / length_m);
    for (std::size_t p = 1; p <= count; ++p) {
      const double t = static_cast<double>(p) / static_cast<double>(count + 1);
      pieces.push_back(
          {std::lerp(line[i].lon_deg, line[i + 1].lon_deg, t), std::lerp(line[i].lat_deg, line[i + 1].lat_deg, t)});
    }
    if (count > 0 || i + 2 == line.size() || plane_distance_m(pieces.back(), line[i + 1]) >= length_m) {
      pieces.push_back(line[i + 1]);
    }
  }
  return pieces;
}

class Measure {
 public:
  Measure(const std::vector<Region>& regions, const Unshared& unshared, std::span<const double> within_m)
      : regions_(regions), unshared_(unshared), within_m_(within_m) {}

  void piece(const EdgeGrid& grid, std::size_t line, LonLat from, LonLat to) {
    const LonLat middle{(from.lon_deg + to.lon_deg) / 2, (from.lat_deg + to.lat_deg) / 2};
    grid.near(middle, found_);
    facing_.clear();
    const auto along = direction_of(from, to);
    for (const auto [other, index] : found_) {
      if (other != line) face(other, index, middle, along);
    }
    if (facing_.empty()) return;
    const double length_m = plane_distance_m(from, to);
    for (const auto region : *unshared_.regions[line]) {
      for (const auto& [neighbour, distance_m] : facing_) {
        if (distance_m > std::max(within_m_[region], within_m_[neighbour])) continue;
        if (std::ranges::binary_search(*unshared_.regions[line], neighbour)) continue;
        length_m_[{region, neighbour}] += length_m;
      }
    }
  }

  [[nodiscard]] std::vector<SideBySide> result() const {
    std::map<std::pair<std::size_t, std::size_t>, SideBySide> pairs;
    for (const auto& [pair, length_m] : length_m_) {
      auto [a, b] = pair;
      if (regions_[b].id < regions_[a].id) std::swap(a, b);
      auto& found = pairs.try_emplace({a, b}, SideBySide{a, b, 0, std::max(within_m_[a], within_m_[b])}).first->second;
      found.length_m = std::max(found.length_m, length_m);
    }
    std::vector<SideBySide> list;
    for (const auto& [pair, found] : pairs) list.push_back(found);
    return list;
  }

 private:
  /// Notes the nearest edge of each neighbour that faces the piece.
  void face(std::uint32_t other, std::uint32_t index, LonLat middle, Direction along) {
    const auto& line = unshared_.lines[other];
    const auto foot = foot_on(middle, line[index], line[index + 1]);
    const auto direction = direction_of(line[index], line[index + 1]);
    if (along.x * direction.x + along.y * direction.y > -most_turn) return;
    const auto across = direction_of(middle, foot.point);
    if (std::abs(along.x * across.x + along.y * across.y) > 0.5) return;  // ahead or behind, not beside
    for (const auto region : *unshared_.regions[other]) {
      const auto [at, added] = facing_.try_emplace(region, foot.distance_m);
      at->second = std::min(at->second, foot.distance_m);
    }
  }

  const std::vector<Region>& regions_;
  const Unshared& unshared_;
  std::span<const double> within_m_;
  std::vector<EdgeGrid::Edge> found_;
  std::map<std::size_t, double> facing_;
  std::map<std::pair<std::size_t, std::size_t>, double> length_m_;
};

}  // namespace

std::vector<SideBySide> find_side_by_side(const std::vector<Region>& regions, const std::vector<Arc>& arcs,
                                          std::span<const double> within_m) {
  const double widest_m = within_m.empty() ? 0 : std::ranges::max(within_m);
  if (widest_m <= 0) return {};
  const auto unshared = unshared_of(arcs, widest_m);
  std::vector<const Line*> lines;
  for (const auto& line : unshared.lines) lines.push_back(&line);
  const EdgeGrid grid(lines, 2 * widest_m);
  Measure measure(regions, unshared, within_m);
  for (std::size_t l = 0; l < unshared.lines.size(); ++l) {
    const auto pieces = in_pieces(unshared.lines[l], piece_part * widest_m);
    for (std::size_t p = 0; p + 1 < pieces.size(); ++p) measure.piece(grid, l, pieces[p], pieces[p + 1]);
  }
  return measure.result();
}

}  // namespace kordon::geo
