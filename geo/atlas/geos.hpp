#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/ring.hpp"

struct GEOSContextHandle_HS;
struct GEOSGeom_t;

namespace kordon::geo {

/// GEOS for one thread: polygons in, polygons out. Errors of GEOS are null geometries. Its geometries must not outlive
/// it.
class Geos {
 public:
  struct Destroy {
    GEOSContextHandle_HS* context = nullptr;
    void operator()(GEOSGeom_t* geometry) const;
  };
  using Geometry = std::unique_ptr<GEOSGeom_t, Destroy>;

  Geos();

  /// Takes ownership of a geometry that any operation of GEOS made with this context.
  [[nodiscard]] Geometry own(GEOSGeom_t* geometry) const { return {geometry, Destroy{context_.get()}}; }
  [[nodiscard]] GEOSContextHandle_HS* context() const { return context_.get(); }

  [[nodiscard]] Geometry polygon(const Polygon& rings) const;
  [[nodiscard]] Geometry multipolygon(const std::vector<Polygon>& polygons) const;
  /// The part of a geometry within [west, east] in longitude.
  [[nodiscard]] Geometry between(const GEOSGeom_t* geometry, double west_deg, double east_deg) const;
  /// Made valid by MakeValid's structure method: rings stay shell or hole, and parts without area go.
  [[nodiscard]] Geometry made_valid(const GEOSGeom_t* geometry) const;

  [[nodiscard]] bool is_valid(const GEOSGeom_t* geometry) const;
  /// GEOS's reason and place, empty when valid.
  [[nodiscard]] std::string fault_of(const GEOSGeom_t* geometry) const;
  /// Where the first fault is; nothing when valid.
  [[nodiscard]] std::optional<LonLat> place_of_fault(const GEOSGeom_t* geometry) const;
  [[nodiscard]] bool is_polygonal(const GEOSGeom_t* geometry) const;
  [[nodiscard]] double area_deg2(const GEOSGeom_t* geometry) const;
  /// Shells counter-clockwise, holes clockwise; polygons inside collections, too. Other geometries are left out.
  [[nodiscard]] std::vector<Polygon> polygons_of(const GEOSGeom_t* geometry) const;

 private:
  struct Finish {
    void operator()(GEOSContextHandle_HS* context) const;
  };
  [[nodiscard]] GEOSGeom_t* ring(const Line& line) const;
  [[nodiscard]] GEOSGeom_t* raw_polygon(const Polygon& rings) const;
  void add_polygons(const GEOSGeom_t* geometry, std::vector<Polygon>& polygons) const;
  [[nodiscard]] Line line_of(const GEOSGeom_t* ring, bool shell) const;

  std::unique_ptr<GEOSContextHandle_HS, Finish> context_;
};

}  // namespace kordon::geo
