#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/earth/position.hpp"

namespace kordon::geo {

/// A line in longitude and latitude; edges between consecutive vertices are straight in degrees (RFC 7946).
using Line = std::vector<LonLat>;

/// A polygon feature of a layer.
struct Region {
  std::string id;         ///< unique in the atlas: `RU`, `UA-63`
  std::string name;       ///< for people; may equal the id
  std::string layer;      ///< id of the layer that it comes from
  double accuracy_m = 0;  ///< 95 % positional error of its boundary
  /// Closed rings (first vertex repeated at the end), shells and holes alike. The interior lies to the left of
  /// every edge. Simple, valid, within [-180, 180] x [-90, 90].
  std::vector<Line> rings;
  bool is_union = false;  ///< made of other regions for a policy: it has no border sections
};

enum class BorderKind : std::uint8_t {
  section,   ///< `RU|UA-63`: every edge that two adjacent regions have, in opposite directions
  coast,     ///< `RU|`: every edge of a region beyond which no other region lies along it
  boundary,  ///< `RU|*`: every edge of a region
};

/// The kind of line that an id names; none: it is a region's.
constexpr std::optional<BorderKind> border_kind_of(std::string_view id) {
  if (id.find('|') == std::string_view::npos) return std::nullopt;
  if (id.ends_with('|')) return BorderKind::coast;
  return id.ends_with("|*") ? BorderKind::boundary : BorderKind::section;
}

/// A line that regions have. Sections are all there; coasts and boundaries are those that a policy names.
struct Border {
  std::string id;            ///< of a section: the two region ids, the first in byte order first
  std::size_t first = 0;     ///< index of the region named first
  std::size_t second = 0;    ///< of a coast or a boundary: the same
  double accuracy_m = 0;     ///< with the distance that matching moved it by
  std::vector<Line> lines;   ///< maximal paths, each directed with `first` on the left
  double moved_m = 0;        ///< the most that a vertex was moved so that both regions have it
  double unshared_m = 0;     ///< length of all else of the two boundaries that runs side by side, see SideBySide
  bool is_accepted = false;  ///< the configuration accepts that

  [[nodiscard]] BorderKind kind() const { return border_kind_of(id).value_or(BorderKind::section); }
};

/// Length along which two regions' boundaries run side by side and are not shared.
struct SideBySide {
  std::size_t first = 0;  ///< regions, the one with the smaller id first
  std::size_t second = 0;
  double length_m = 0;
  double within_m = 0;  ///< how near counts as beside
};

/// A maximal piece of line along which the regions on either side stay the same; every edge of the atlas lies in
/// exactly one arc, however many regions share it. Artificial edges along the antimeridian and at the poles are in
/// none.
struct Arc {
  Line line;
  std::vector<std::size_t> left;   ///< regions whose interior lies to the left, ascending
  std::vector<std::size_t> right;  ///< regions whose interior lies to the right, ascending
};

/// A layer as it was loaded, for metadata.
struct LayerInfo {
  std::string id;
  std::string file;
  std::string attribution;
  std::string licence;
  std::string source;
  double accuracy_m = 0;  ///< as the configuration states it
  std::string edges =
      "planar";           ///< how edges run: `planar` in the layer's own reference system, `geodesic`, `spherical`
  std::string crs;        ///< the name of that reference system
  std::string operation;  ///< that leads to WGS 84; empty: none is needed
  double operation_accuracy_m = 0;  ///< of it; taken into the accuracy of the layer's regions
  double match_tolerance_m = 0;     ///< 0: its lines are not matched
  std::size_t repaired = 0;         ///< features
};

/// Number of a line that positions are measured against: regions first, then borders.
using Target = std::uint32_t;
inline constexpr Target no_target = 0xFFFFFFFF;

/// Nearer to a line than this a position is on it: more than the index's own error.
inline constexpr double on_line_m = 1e-3;

/// Atlas: regions, arcs and border sections that positions are measured against. Plain data; made by `load_atlas`,
/// const afterwards.
struct Atlas {
  std::vector<LayerInfo> layers;
  std::vector<Region> regions;
  std::vector<Arc> arcs;                 ///< derived by `derive_topology`
  std::vector<Border> borders;           ///< derived by `derive_topology`
  std::vector<SideBySide> side_by_side;  ///< of pairs of regions, with a border or without one

  [[nodiscard]] std::size_t target_count() const { return regions.size() + borders.size(); }
  [[nodiscard]] bool is_region(Target target) const { return target < regions.size(); }
  [[nodiscard]] std::optional<Target> find_region(std::string_view id) const;
  /// Accepts a section's two ids in either order: `UA|RU` finds `RU|UA`.
  [[nodiscard]] std::optional<Target> find_border(std::string_view id) const;
  /// The layer of a region, in `layers`; of one that is not there, the first.
  [[nodiscard]] std::size_t layer_of(Target region) const;
  [[nodiscard]] const std::string& id_of(Target target) const;
  [[nodiscard]] double accuracy_m_of(Target target) const;
};

}  // namespace kordon::geo
