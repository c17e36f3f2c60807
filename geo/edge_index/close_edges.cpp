#include "geo/edge_index/close_edges.hpp"

#include <cmath>
#include <numbers>

namespace kordon::geo::edge_index {
namespace {

constexpr double close_m = 2e-3;
/// Edges that leave a vertex at a smaller angle than this, its sine, are close along some of their way.
constexpr double narrow = 1e-6;
constexpr double metres_per_degree = 111'320;
constexpr std::size_t few_blocks = 24;
constexpr int max_depth = 24;

struct Box {
  LonLat low{180, 90};
  LonLat high{-180, -90};

  void add(LonLat p) {
    low = {std::min(low.lon_deg, p.lon_deg), std::min(low.lat_deg, p.lat_deg)};
    high = {std::max(high.lon_deg, p.lon_deg), std::max(high.lat_deg, p.lat_deg)};
  }
  [[nodiscard]] bool meets(const Box& other) const {
    return low.lon_deg <= other.high.lon_deg && other.low.lon_deg <= high.lon_deg &&
           low.lat_deg <= other.high.lat_deg && other.low.lat_deg <= high.lat_deg;
  }
  void widen() {
    const double most_deg = std::max(std::abs(low.lat_deg), std::abs(high.lat_deg));
    const double lat_deg = close_m / metres_per_degree;
    const double lon_deg = lat_deg / std::max(std::cos(most_deg * std::numbers::pi / 180), 1e-6);
    low = {low.lon_deg - lon_deg, low.lat_deg - lat_deg};
    high = {high.lon_deg + lon_deg, high.lat_deg + lat_deg};
  }
};

struct Segment {
  LonLat from, to;
  Box box;

  Segment(const Edges& edges, Edge i) : from(edges.place[i]), to(edges.place[i + 1]) {
    // The antimeridian is the same line from either side.
    if (from.lon_deg == -180 && to.lon_deg == -180) from.lon_deg = to.lon_deg = 180;
    box.add(from);
    box.add(to);
    box.widen();
  }
};

/// Metres in a plane that touches the Earth there.
struct Point {
  double x, y;
};
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
double cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

class Plane {
 public:
  explicit Plane(LonLat origin)
      : origin_(origin), east_(metres_per_degree * std::max(std::cos(origin.lat_deg * std::numbers::pi / 180), 1e-6)) {}
  [[nodiscard]] Point operator()(LonLat p) const {
    return {(p.lon_deg - origin_.lon_deg) * east_, (p.lat_deg - origin_.lat_deg) * metres_per_degree};
  }

 private:
  LonLat origin_;
  double east_;
};

double to_segment_m(Point p, Point a, Point b) {
  const auto d = b - a;
  const double d2 = dot(d, d);
  const double t = d2 > 0 ? std::clamp(dot(p - a, d) / d2, 0.0, 1.0) : 0;
  const Point miss{p.x - a.x - t * d.x, p.y - a.y - t * d.y};
  return std::sqrt(dot(miss, miss));
}

/// From `corner` to `a` and to `b`.
bool leave_close(Point corner, Point a, Point b) {
  const auto u = a - corner;
  const auto v = b - corner;
  const bool same_way = dot(u, v) > 0;
  const bool narrow_angle = std::abs(cross(u, v)) < narrow * std::sqrt(dot(u, u) * dot(v, v));
  return to_segment_m(a, corner, b) < close_m || to_segment_m(b, corner, a) < close_m || (same_way && narrow_angle);
}

bool cross_or_close(Point a, Point b, Point c, Point d) {
  const double c_side = cross(b - a, c - a);
  const double d_side = cross(b - a, d - a);
  const double a_side = cross(d - c, a - c);
  const double b_side = cross(d - c, b - c);
  if (c_side * d_side <= 0 && a_side * b_side <= 0) return true;
  return to_segment_m(a, c, d) < close_m || to_segment_m(b, c, d) < close_m || to_segment_m(c, a, b) < close_m ||
         to_segment_m(d, a, b) < close_m;
}

bool are_close(const Segment& s, const Segment& t) {
  if (!s.box.meets(t.box)) return false;
  const Plane plane(s.from);
  const Point a = plane(s.from), b = plane(s.to), c = plane(t.from), d = plane(t.to);
  const bool starts = s.from == t.from || s.from == t.to;
  const bool ends = s.to == t.from || s.to == t.to;
  if (starts && ends) return false;  // of different classes they are not the same line: a pole's, or no length
  if (starts) return leave_close(a, b, s.from == t.from ? d : c);
  if (ends) return leave_close(b, a, s.to == t.from ? d : c);
  return cross_or_close(a, b, c, d);
}

class Finder {
 public:
  using Number = std::uint32_t;  ///< of a block

  Finder(const Edges& edges, const std::function<bool(std::uint32_t, std::uint32_t)>& wanted,
         const std::function<void(Edge, Edge)>& found)
      : edges_(edges), wanted_(wanted), found_(found), boxes_(edges.blocks.size()) {
    std::vector<Number> all;
    for (Number block = 0; block < edges.blocks.size(); ++block) {
      if (edges.blocks[block].count == 0) continue;
      each_edge(block, [&](Edge i) {
        const Segment segment(edges_, i);
        boxes_[block].add(segment.box.low);
        boxes_[block].add(segment.box.high);
      });
      all.push_back(block);
    }
    descend(all, {{-181, -91}, {181, 91}}, 0);
  }

 private:
  template <typename Visit>
  void each_edge(Number block, Visit&& visit) const {
    const Edge first = block * EdgeBlock::size;
    for (Edge i = first; i < first + edges_.blocks[block].count; ++i) visit(i);
  }

  void descend(const std::vector<Number>& blocks, const Box& box, int depth) {
    const auto class_of = [&](Number block) { return edges_.blocks[block].boundary_class; };
    const auto other = [&](Number block) { return class_of(block) != class_of(blocks.front()); };
    if (std::ranges::none_of(blocks, other)) return;
    if (blocks.size() <= few_blocks || depth == max_depth) {
      for (std::size_t i = 0; i < blocks.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) compare(blocks[k], blocks[i]);
      }
      return;
    }
    const LonLat middle{(box.low.lon_deg + box.high.lon_deg) / 2, (box.low.lat_deg + box.high.lat_deg) / 2};
    for (const auto& quarter : {Box{box.low, middle}, Box{middle, box.high},
                                Box{{middle.lon_deg, box.low.lat_deg}, {box.high.lon_deg, middle.lat_deg}},
                                Box{{box.low.lon_deg, middle.lat_deg}, {middle.lon_deg, box.high.lat_deg}}}) {
      std::vector<Number> inside;
      std::ranges::copy_if(blocks, std::back_inserter(inside),
                           [&](Number block) { return boxes_[block].meets(quarter); });
      // Where long edges lie across all quarters there is no end to quartering.
      if (!inside.empty()) descend(inside, quarter, inside.size() == blocks.size() ? depth + 4 : depth + 1);
    }
  }

  void compare(Number one, Number other) const {
    const auto a = edges_.blocks[one].boundary_class;
    const auto b = edges_.blocks[other].boundary_class;
    if (a == b || !boxes_[one].meets(boxes_[other]) || !wanted_(a, b)) return;
    each_edge(one, [&](Edge i) {
      const Segment segment(edges_, i);
      if (!segment.box.meets(boxes_[other])) return;
      each_edge(other, [&](Edge k) {
        if (are_close(segment, Segment(edges_, k))) found_(i, k);
      });
    });
  }

  const Edges& edges_;
  const std::function<bool(std::uint32_t, std::uint32_t)>& wanted_;
  const std::function<void(Edge, Edge)>& found_;
  std::vector<Box> boxes_;  ///< by block
};

}  // namespace

void find_close_edges(const Edges& edges, const std::function<bool(std::uint32_t, std::uint32_t)>& wanted,
                      const std::function<void(Edge, Edge)>& found) {
  Finder(edges, wanted, found);
}

}  // namespace kordon::geo::edge_index
