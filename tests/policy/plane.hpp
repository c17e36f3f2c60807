#pragma once

#include <random>
#include <variant>
#include <vector>

#include "policy/evaluate.hpp"

/// A flat world in which every signed distance is known in closed form, and random policies over it.
namespace kordon::policy::test {

struct Point {
  double x_m;
  double y_m;
};

/// The region x*cos + y*sin > offset.
struct HalfPlane {
  double angle_rad;
  double offset_m;
};

struct Disc {
  Point centre;
  double radius_m;
};

/// A border section.
struct Segment {
  Point from;
  Point to;
};

using Shape = std::variant<HalfPlane, Disc, Segment>;

/// Positive inside a region; minus the distance to a segment.
double signed_m(const Shape& shape, Point at);

/// Geo::Target i is shapes[i].
struct Plane {
  std::vector<Shape> shapes;
  std::vector<double> accuracy_m;

  [[nodiscard]] std::vector<double> signed_m(Point at) const;
};

/// Whether the area, as a set of points, has this one. Knows no margins: independent of `evaluate`.
bool contains(const Area& area, const Policy& policy, const Plane& plane, Point at);

/// The verdict by set membership alone, of a position and lines known perfectly.
Verdict verdict_by_sets(const Policy& policy, const Plane& plane, Point at);

using Random = std::mt19937_64;

double between(Random& random, double low, double high);
std::size_t below(Random& random, std::size_t count);

Plane random_plane(Random& random);
Point random_point(Random& random);

/// No zone is thinner than a step across its edge in the tests. One activity, one parameter `depth_m`, up to four rules
/// in force at any time.
Policy random_policy(Random& random, const Plane& plane);

}  // namespace kordon::policy::test
