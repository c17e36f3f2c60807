#pragma once

#include <memory>
#include <span>
#include <vector>

#include "cartography/box.hpp"

struct GEOSContextHandle_HS;
struct GEOSGeom_t;

namespace kordon::cartography {

/// Set operations on polygons as on a plate carrée map, by GEOS. One thread uses it; its shapes must not outlive it.
/// What GEOS cannot do throws std::runtime_error: nothing that a client sends can cause it.
class Overlay {
 public:
  struct DestroyShape {
    GEOSContextHandle_HS* context = nullptr;
    void operator()(GEOSGeom_t* shape) const;
  };
  using Shape = std::unique_ptr<GEOSGeom_t, DestroyShape>;

  Overlay();

  [[nodiscard]] Shape shape(const Polygons& polygons) const;
  [[nodiscard]] Shape everywhere() const;
  [[nodiscard]] Shape united(std::span<const Shape> shapes) const;
  [[nodiscard]] Shape common(const Shape& a, const Shape& b) const;
  [[nodiscard]] Shape difference(const Shape& a, const Shape& b) const;

  /// An empty box for an empty shape.
  [[nodiscard]] Box box(const Shape& shape) const;

  /// A ring whose longitudes go on beyond 180 or -180, cut at the antimeridian. It spans at most 360 degrees.
  [[nodiscard]] Shape wrapped(const geo::Line& ring) const;

  /// The part that has an area.
  [[nodiscard]] Polygons polygons(const Shape& shape) const;

 private:
  using Operation = GEOSGeom_t* (*)(GEOSContextHandle_HS*, const GEOSGeom_t*, const GEOSGeom_t*);

  [[nodiscard]] Shape own(GEOSGeom_t* shape) const;
  [[nodiscard]] Shape overlaid(Operation operation, const Shape& a, const Shape& b) const;

  struct FinishContext {
    void operator()(GEOSContextHandle_HS* context) const;
  };
  std::unique_ptr<GEOSContextHandle_HS, FinishContext> context_;
};

}  // namespace kordon::cartography
