#pragma once

#include <array>

#include "geo/edge_index/index_parts.hpp"
#include "geo/edge_index/standing.hpp"

namespace kordon::geo::edge_index {

/// Point query: where one position stands against several targets. A boundary class that targets share is searched
/// once, so ask first for targets whose classes others have, too, such as border sections. Allocates nothing.
class PointQuery {
 public:
  PointQuery(const IndexParts& index, LonLat place) : index_(index), query_(place) {}

  /// The nearest edge of a target; `hint`, one of its edges or no edge, makes it faster.
  Nearest find_nearest(Target target, Edge hint = no_edge);
  /// Distance, nearest point and side by that edge.
  [[nodiscard]] Standing standing(Target target, const Nearest& found) const;
  [[nodiscard]] const Query& query() const { return query_; }

 private:
  static constexpr std::uint32_t no_tree = 0xFFFFFFFF;
  struct Found {
    std::uint32_t tree = no_tree;
    double within_m;        ///< edges with longer chords were not looked for
    double shortest_m;      ///< chord; infinite if there is none
    double out_of_range_m;  ///< least chord to an edge that is out of its block's `series_range_m`
    Nearest nearest;        ///< by the series
  };

  Found& kept(std::uint32_t tree) { return found_[tree % found_.size()]; }
  void search(std::uint32_t tree, double within_m, Edge hint, Found& found) const;
  [[nodiscard]] Nearest find_nearest_far(Target target, Edge hint) const;
  [[nodiscard]] double least_out_of_range_m(BlockNumber number, double limit_m) const;
  [[nodiscard]] Edge find_shortest_chord(Target target) const;
  [[nodiscard]] Standing without_line(Target target, double distance_m) const;

  const IndexParts& index_;
  Query query_;
  std::array<Found, 16> found_;
};

}  // namespace kordon::geo::edge_index
