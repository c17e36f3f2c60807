#include <algorithm>

#include "cartography/box.hpp"
#include "cartography/thinned_arc.hpp"

namespace kordon::cartography {
namespace {

/// A straight piece of a thinned arc.
struct Piece {
  Box box;  ///< around all vertices that it stands for
  std::uint32_t arc;
  std::uint32_t from;  ///< vertices of the arc
  std::uint32_t to;
};

double turn(geo::LonLat a, geo::LonLat b, geo::LonLat c) {
  return (b.lon_deg - a.lon_deg) * (c.lat_deg - a.lat_deg) - (b.lat_deg - a.lat_deg) * (c.lon_deg - a.lon_deg);
}

/// Whether two pieces with one end in common run along each other.
bool overlap_from(geo::LonLat common, geo::LonLat a, geo::LonLat b) {
  const double along = (a.lon_deg - common.lon_deg) * (b.lon_deg - common.lon_deg) +
                       (a.lat_deg - common.lat_deg) * (b.lat_deg - common.lat_deg);
  return turn(common, a, b) == 0 && along > 0;
}

bool meet(geo::LonLat a, geo::LonLat b, geo::LonLat c, geo::LonLat d) {
  if ((a == c && b == d) || (a == d && b == c)) return true;
  if (a == c) return overlap_from(a, b, d);
  if (a == d) return overlap_from(a, b, c);
  if (b == c) return overlap_from(b, a, d);
  if (b == d) return overlap_from(b, a, c);
  const auto apart = [](double s, double t) { return (s > 0 && t > 0) || (s < 0 && t < 0); };
  return !apart(turn(a, b, c), turn(a, b, d)) && !apart(turn(c, d, a), turn(c, d, b));
}

Box box_of_span(const geo::Line& line, std::uint32_t from, std::uint32_t to) {
  Box box;
  for (auto i = from; i <= to; ++i) box.include(line[i]);
  return box;
}

/// One pass over all pairs of pieces that are near each other.
class Pass {
 public:
  Pass(std::vector<ThinnedArc>& arcs, double max_offset_deg) : arcs_(arcs), max_offset_deg_(max_offset_deg) {
    for (std::uint32_t i = 0; i < arcs.size(); ++i) add_pieces(i);
    std::ranges::sort(pieces_, {}, [](const Piece& piece) { return piece.box.west_deg; });
  }

  bool refine_conflicts() {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      const auto& one = pieces_[i];
      for (auto j = i + 1; j < pieces_.size() && pieces_[j].box.west_deg <= one.box.east_deg; ++j) {
        const auto& other = pieces_[j];
        if (other.box.south_deg > one.box.north_deg || other.box.north_deg < one.box.south_deg) continue;
        if ((arcs_[one.arc].layers & arcs_[other.arc].layers) != 0) part(one, other);
      }
    }
    return changed_;
  }

 private:
  void add_pieces(std::uint32_t arc) {
    const auto& [line, kept, layers] = arcs_[arc];
    std::uint32_t from = 0;
    for (std::uint32_t to = 1; to < kept.size(); ++to) {
      if (!kept[to]) continue;
      pieces_.push_back({box_of_span(*line, from, to), arc, from, to});
      from = to;
    }
  }

  void part(const Piece& one, const Piece& other) {
    const bool one_is_whole = one.to - one.from < 2;
    const bool other_is_whole = other.to - other.from < 2;
    if (one_is_whole && other_is_whole) return;
    const auto a = place(one, one.from);
    const auto b = place(one, one.to);
    const auto c = place(other, other.from);
    const auto d = place(other, other.to);
    const bool crossing = meet(a, b, c, d);
    if (!one_is_whole && (crossing || passes(one, c) || passes(one, d))) refine(one);
    if (!other_is_whole && (crossing || passes(other, a) || passes(other, b))) refine(other);
  }

  [[nodiscard]] geo::LonLat place(const Piece& piece, std::uint32_t vertex) const {
    return (*arcs_[piece.arc].line)[vertex];
  }

  /// Whether the place was on the one side of the line and is on the other side of the piece.
  [[nodiscard]] bool passes(const Piece& piece, geo::LonLat place) const {
    if (!piece.box.contains(place)) return false;
    const auto& line = *arcs_[piece.arc].line;
    if (line[piece.from] == place || line[piece.to] == place) return false;
    geo::Line swept(line.begin() + piece.from, line.begin() + piece.to + 1);
    swept.push_back(swept.front());
    return goes_around(swept, place);
  }

  void refine(const Piece& piece) {
    auto& arc = arcs_[piece.arc];
    const auto middle = arc.farthest_between(piece.from, piece.to);
    arc.kept[middle] = true;
    thin(arc, piece.from, middle, max_offset_deg_);
    thin(arc, middle, piece.to, max_offset_deg_);
    changed_ = true;
  }

  std::vector<ThinnedArc>& arcs_;
  std::vector<Piece> pieces_;
  double max_offset_deg_;
  bool changed_ = false;
};

}  // namespace

void restore_crossings(std::vector<ThinnedArc>& arcs, double max_offset_deg) {
  while (Pass(arcs, max_offset_deg).refine_conflicts()) {
  }
}

}  // namespace kordon::cartography
