#pragma once

#include <array>
#include <memory>
#include <random>
#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::geo::oracle {

/// Distance to lines by looking at edges with GeographicLib, written without anything of the index.
///
/// Every edge is looked at, except those that the triangle inequality rules out: none of the edges within `radius_m`
/// of a vertex is nearer than the vertex's distance less `radius_m`.
class Distance {
 public:
  explicit Distance(const std::vector<Line>& lines);

  /// Geodesic distance in metres, minimised along each edge to 0.1 mm; edges are straight in longitude and latitude.
  [[nodiscard]] double to(LonLat place) const;

 private:
  /// A place and where it is in space.
  struct Vertex {
    LonLat place;
    std::array<double, 3> xyz_m;

    explicit Vertex(LonLat at);
  };
  /// A part of an edge, at most 0.05 degrees long; `length_m` is no shorter than it.
  struct Piece {
    Vertex from, to;
    double length_m;
  };
  /// Pieces that all lie within `radius_m` of one's start; halved in the two nodes below it.
  struct Node {
    Vertex centre;
    double radius_m;
    std::size_t begin, end;
    std::size_t second_half;  ///< the first half is the next node; 0: not halved
  };
  struct Range;
  struct Search;

  static Range range(const Vertex& a, const Vertex& b);
  std::size_t add_node(std::size_t begin, std::size_t end);
  void halve(std::size_t begin, std::size_t middle, std::size_t end);

  std::vector<Piece> pieces_;
  std::vector<Node> nodes_;
};

/// A region's lines without its cuts: edges along a pole, and along 180 degrees where the region lies on both sides.
std::vector<Line> lines_of(const Region& region);

/// GEOS's opinion on whether a region covers places: whether an odd number of its rings does. One thread at a time.
class Containment {
 public:
  explicit Containment(const Region& region);
  ~Containment();
  Containment(const Containment&) = delete;
  Containment& operator=(const Containment&) = delete;

  [[nodiscard]] bool inside(LonLat place) const;

 private:
  struct Geos;
  std::unique_ptr<Geos> geos_;
};

/// Seeded random places: over the whole sphere by area, in a box, or within a distance of a line.
LonLat random_place(std::mt19937_64& random);
LonLat random_place(std::mt19937_64& random, LonLat low, LonLat high);
LonLat random_place_near(std::mt19937_64& random, const Line& line, double distance_m);

}  // namespace kordon::geo::oracle
