#include "tests/policy/plane.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tests/policy/build.hpp"

namespace kordon::policy::test {
namespace {

constexpr double size_m = 100;

double distance_m(Point a, Point b) { return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m); }

double distance_m(const Segment& segment, Point at) {
  const double dx = segment.to.x_m - segment.from.x_m;
  const double dy = segment.to.y_m - segment.from.y_m;
  const double along = (at.x_m - segment.from.x_m) * dx + (at.y_m - segment.from.y_m) * dy;
  const double t = std::clamp(along / (dx * dx + dy * dy), 0.0, 1.0);
  return distance_m(at, {segment.from.x_m + t * dx, segment.from.y_m + t * dy});
}

double radius_m(const Radius& radius, const Policy& policy) {
  return radius.parameter ? policy.parameters[*radius.parameter].value : radius.value;
}

Shape random_shape(Random& random) {
  switch (below(random, 3)) {
    case 0:
      return HalfPlane{between(random, 0, 2 * std::numbers::pi), between(random, -size_m / 2, size_m / 2)};
    case 1:
      return Disc{random_point(random), between(random, 5, size_m / 2)};
    default:
      return Segment{random_point(random), random_point(random)};
  }
}

Area random_clause(Random& random, const Plane& plane) {
  if (below(random, 12) == 0) return everywhere();
  const auto target = static_cast<geo::Target>(below(random, plane.shapes.size()));
  const bool border = std::holds_alternative<Segment>(plane.shapes[target]);
  if (!border && below(random, 2) == 0) return inside(target);
  if (below(random, 3) == 0) return clause(Area::Kind::within, target, "", {0, Unit::metre, 0});
  return within(between(random, 2, size_m / 2), target);
}

Area random_area(Random& random, const Plane& plane, int depth) {
  const auto choice = depth == 0 ? 0 : below(random, 6);
  if (choice < 2) return random_clause(random, plane);
  if (choice == 2) return outside_of(random_area(random, plane, depth - 1));
  std::vector<Area> parts;
  for (auto count = 1 + below(random, 3); count > 0; --count) parts.push_back(random_area(random, plane, depth - 1));
  return choice < 5 ? all(parts) : any(parts);
}

}  // namespace

double signed_m(const Shape& shape, Point at) {
  if (const auto* half = std::get_if<HalfPlane>(&shape)) {
    return at.x_m * std::cos(half->angle_rad) + at.y_m * std::sin(half->angle_rad) - half->offset_m;
  }
  if (const auto* disc = std::get_if<Disc>(&shape)) return disc->radius_m - distance_m(disc->centre, at);
  return -distance_m(std::get<Segment>(shape), at);
}

std::vector<double> Plane::signed_m(Point at) const {
  std::vector<double> distances;
  distances.reserve(shapes.size());
  for (const auto& shape : shapes) distances.push_back(test::signed_m(shape, at));
  return distances;
}

bool contains(const Area& area, const Policy& policy, const Plane& plane, Point at) {
  const auto holds = [&](const Area& part) { return contains(part, policy, plane, at); };
  switch (area.kind) {
    case Area::Kind::everywhere:
      return true;
    case Area::Kind::inside:
      return signed_m(plane.shapes[area.target], at) > 0;
    case Area::Kind::within:
      return -signed_m(plane.shapes[area.target], at) < radius_m(area.radius, policy);
    case Area::Kind::all:
      return std::ranges::all_of(area.parts, holds);
    case Area::Kind::any:
      return std::ranges::any_of(area.parts, holds);
    default:
      return !holds(area.parts.front());
  }
}

Verdict verdict_by_sets(const Policy& policy, const Plane& plane, Point at) {
  if (!contains(policy.activities.front().scope, policy, plane, at)) return Verdict::not_applicable;
  const auto some = [&](Effect effect) {
    return std::ranges::any_of(policy.rules, [&](const Rule& rule) {
      return rule.effect == effect && contains(rule.area, policy, plane, at);
    });
  };
  return some(Effect::permit) && !some(Effect::prohibit) ? Verdict::eligible : Verdict::ineligible;
}

double between(Random& random, double low, double high) { return std::uniform_real_distribution(low, high)(random); }

std::size_t below(Random& random, std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
}

Plane random_plane(Random& random) {
  Plane plane;
  for (int i = 0; i < 5; ++i) {
    plane.shapes.push_back(random_shape(random));
    plane.accuracy_m.push_back(between(random, 0, 5));
  }
  return plane;
}

Point random_point(Random& random) { return {between(random, -size_m, size_m), between(random, -size_m, size_m)}; }

Policy random_policy(Random& random, const Plane& plane) {
  std::vector<Rule> rules;
  for (auto count = below(random, 5); count > 0; --count) {
    const auto area = random_area(random, plane, 3);
    rules.push_back(below(random, 3) == 0 ? prohibit(area) : permit(area));
  }
  auto policy = policy_of(random_area(random, plane, 2), rules);
  policy.parameters = {{"depth_m", "", Unit::metre, between(random, 2, size_m), 0, size_m, false, ""}};
  return policy;
}

}  // namespace kordon::policy::test
