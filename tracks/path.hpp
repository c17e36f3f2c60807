#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "geo/earth/position.hpp"

namespace kordon::tracks {

/// How a line runs from one of its positions to the next.
enum class EdgeKind : std::uint8_t {
  planar,    ///< straight in longitude and latitude (RFC 7946), the shorter way round the Earth
  geodesic,  ///< the shortest path on WGS 84
};

/// A line on the ellipsoid by its own length: a curve with the parameter `along`, in [0, length_m()].
///
/// At vertices `along` is the length up to there, to 1 mm; between them a planar edge's is proportional to the
/// difference in degrees, and `metres_at` tells the length. No part of the line is longer than `stretch()` times the
/// difference of its ends' `along`.
class Path {
 public:
  /// At least one place.
  Path(std::span<const geo::LonLat> places, EdgeKind kind);

  [[nodiscard]] double length_m() const { return lengths_m_.back(); }
  [[nodiscard]] double stretch() const { return stretch_; }
  [[nodiscard]] std::size_t vertices() const { return places_.size(); }
  [[nodiscard]] double along_of(std::size_t vertex) const { return lengths_m_[vertex]; }

  /// Edge and place on it, in [0, 1].
  struct OnEdge {
    std::size_t edge;
    double t;
  };
  [[nodiscard]] OnEdge locate(double along) const;
  [[nodiscard]] geo::LonLat at(double along) const;
  /// Whether no vertex lies between two places.
  [[nodiscard]] bool is_one_edge(double from, double to) const;
  /// The length of the line up to there, to 1 mm.
  [[nodiscard]] double metres_at(double along) const;

 private:
  [[nodiscard]] geo::LonLat place_on(std::size_t edge, double t) const;

  std::vector<geo::LonLat> places_;
  std::vector<double> lengths_m_;  ///< up to each vertex
  EdgeKind kind_;
  double stretch_ = 1;
  mutable std::size_t last_ = 0;  ///< edge that was located last
};

/// The difference in longitude from one place to another, the shorter way round: in [-180, 180].
double shorter_way_deg(double from_deg, double to_deg);

}  // namespace kordon::tracks
