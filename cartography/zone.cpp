#include "cartography/zone.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "cartography/buffer.hpp"
#include "cartography/overlay.hpp"
#include "cartography/star_buffer.hpp"
#include "geo/atlas/antimeridian.hpp"

namespace kordon::cartography {
namespace {

constexpr double exact_tolerance_m = 3;
constexpr double metres_per_degree = 6'371'000 * std::numbers::pi / 180;

class Drawing {
 public:
  Drawing(std::span<const double> values, const Shapes& shapes, double offset_deg)
      : values_(values), shapes_(shapes), tolerance_m_(exact_tolerance_m + offset_deg * metres_per_degree / 4) {}

  /// Empty where it would take too much.
  [[nodiscard]] Overlay::Shape draw(const policy::Area& area) {
    using enum policy::Area::Kind;
    switch (area.kind) {
      case everywhere:
        return overlay_.everywhere();
      case inside:
        return overlay_.shape(shapes_.regions[area.target]);
      case within:
        return draw_within(area);
      case all:
        return draw_all(area);
      case any:
        return draw_any(area);
      case negation:
        break;
    }
    const auto part = draw(area.parts.front());
    return part ? overlay_.difference(overlay_.everywhere(), part) : nullptr;
  }

  [[nodiscard]] Polygons polygons(const Overlay::Shape& shape) const { return overlay_.polygons(shape); }

 private:
  [[nodiscard]] Overlay::Shape draw_within(const policy::Area& area) const {
    const double radius_m = radius_m_of(area.radius, values_);
    if (radius_m > StarBuffer::max_radius_m) return nullptr;
    const bool is_region = area.target < shapes_.regions.size();
    const auto lines = is_region ? boundary_of(area.target) : shapes_.borders[area.target - shapes_.regions.size()];
    const auto rings = rings_within(lines, radius_m, tolerance_m_, max_zone_vertices);
    if (!rings) return nullptr;
    if (is_region && rings->empty()) return overlay_.shape(shapes_.regions[area.target]);
    std::vector<Overlay::Shape> parts;
    for (const auto& ring : *rings) parts.push_back(overlay_.wrapped(ring));
    if (!is_region) return overlay_.united(parts);
    add_cuts(parts, shapes_.regions[area.target]);
    return filled(overlay_.united(parts), shapes_.regions[area.target]);
  }

  /// Where the map's edge cuts a region, a strip of it closes what is a hole in the region on the globe.
  void add_cuts(std::vector<Overlay::Shape>& parts, const Polygons& region) const {
    constexpr double strip_deg = 0.001;
    for (const auto& edge : {Box{-180, -90, strip_deg - 180, 90}, Box{180 - strip_deg, -90, 180, 90},
                             Box{-180, -90, 180, strip_deg - 90}, Box{-180, 90 - strip_deg, 180, 90}}) {
      const auto strip = clipped(region, edge);
      if (!strip.empty()) parts.push_back(overlay_.shape(strip));
    }
  }

  /// What is near a region's boundary, and the region: its inside far from the boundary is nothing but holes.
  [[nodiscard]] Overlay::Shape filled(const Overlay::Shape& near, const Polygons& region) const {
    auto polygons = overlay_.polygons(near);
    for (auto& polygon : polygons) {
      const auto inside = [&](const geo::Line& ring) { return covers(region, ring.front()); };
      polygon.erase(std::remove_if(polygon.begin() + 1, polygon.end(), inside), polygon.end());
    }
    return overlay_.shape(polygons);
  }

  /// With what is too small to be drawn but still has its surroundings.
  [[nodiscard]] std::vector<geo::Line> boundary_of(geo::Target region) const {
    std::vector<geo::Line> rings;
    for (const auto& polygon : shapes_.regions[region]) rings.insert(rings.end(), polygon.begin(), polygon.end());
    auto lines = geo::without_artificial_edges(rings);
    for (const auto place : shapes_.collapsed_rings[region]) lines.push_back({place});
    return lines;
  }

  /// Regions come last, cut to what the other parts leave: they can be a thousand times as large.
  [[nodiscard]] Overlay::Shape draw_all(const policy::Area& area) {
    auto rest = overlay_.everywhere();
    for (const bool regions : {false, true}) {
      for (const auto& part : area.parts) {
        const bool is_region = part.kind == policy::Area::Kind::inside;
        if (is_region != regions) continue;
        const auto shape = is_region ? overlay_.shape(near(part.target, overlay_.box(rest))) : draw(part);
        if (!shape) return nullptr;
        rest = overlay_.common(rest, shape);
      }
    }
    return rest;
  }

  [[nodiscard]] Polygons near(geo::Target region, Box box) const {
    const double reserve_deg = 0.01;  // so that the cut's own edges stay outside
    return clipped(shapes_.regions[region], {box.west_deg - reserve_deg, box.south_deg - reserve_deg,
                                             box.east_deg + reserve_deg, box.north_deg + reserve_deg});
  }

  [[nodiscard]] Overlay::Shape draw_any(const policy::Area& area) {
    std::vector<Overlay::Shape> shapes;
    for (const auto& part : area.parts) {
      shapes.push_back(draw(part));
      if (!shapes.back()) return nullptr;
    }
    return overlay_.united(shapes);
  }

  Overlay overlay_;
  std::span<const double> values_;
  const Shapes& shapes_;
  double tolerance_m_;
};

}  // namespace

std::optional<Polygons> zone_of(const policy::Area& area, std::span<const double> values, const Shapes& shapes,
                                double offset_deg) {
  Drawing drawing(values, shapes, offset_deg);
  const auto shape = drawing.draw(area);
  if (!shape) return std::nullopt;
  return drawing.polygons(shape);
}

double radius_m_of(const policy::Radius& radius, std::span<const double> values) {
  return (radius.parameter ? values[*radius.parameter] : radius.value) * policy::info(radius.unit).metres;
}

}  // namespace kordon::cartography
