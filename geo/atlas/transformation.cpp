#include "geo/atlas/transformation.hpp"

#include <cpl_string.h>
#include <fmt/format.h>
#include <ogr_srs_api.h>
#include <proj.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/atlas/local_plane.hpp"

namespace kordon::geo {

struct Transformation::Proj {
  PJ_CONTEXT* context = nullptr;
  PJ* operation = nullptr;
  bool from_degrees = false;
};

void Transformation::Free::operator()(Proj* proj) const {
  proj_destroy(proj->operation);
  proj_context_destroy(proj->context);
  delete proj;
}

namespace {

struct Destroy {
  void operator()(PJ* object) const { proj_destroy(object); }
  void operator()(PJ_OPERATION_FACTORY_CONTEXT* context) const { proj_operation_factory_context_destroy(context); }
  void operator()(PJ_OBJ_LIST* list) const { proj_list_destroy(list); }
};
using Object = std::unique_ptr<PJ, Destroy>;
using Objects = std::unique_ptr<PJ_OBJ_LIST, Destroy>;

/// PROJ's database is where GDAL was told that it is.
PJ_CONTEXT* make_context() {
  auto* context = proj_context_create();
  proj_log_level(context, PJ_LOG_NONE);
  char** folders = OSRGetPROJSearchPaths();
  int count = 0;
  while (folders != nullptr && folders[count] != nullptr) ++count;
  if (count > 0) proj_context_set_search_paths(context, count, folders);
  CSLDestroy(folders);
  return context;
}

/// The operations that are known for an area, in degrees; the best one first.
Objects operations(PJ_CONTEXT* context, const PJ* from, const PJ* to, const Extent* area, bool ballpark) {
  const std::unique_ptr<PJ_OPERATION_FACTORY_CONTEXT, Destroy> factory(
      proj_create_operation_factory_context(context, nullptr));
  proj_operation_factory_context_set_spatial_criterion(context, factory.get(),
                                                       PROJ_SPATIAL_CRITERION_PARTIAL_INTERSECTION);
  proj_operation_factory_context_set_grid_availability_use(context, factory.get(),
                                                           PROJ_GRID_AVAILABILITY_DISCARD_OPERATION_IF_MISSING_GRID);
  proj_operation_factory_context_set_allow_ballpark_transformations(context, factory.get(), ballpark ? 1 : 0);
  if (area != nullptr) {
    proj_operation_factory_context_set_area_of_interest(context, factory.get(), area->min_x, area->min_y, area->max_x,
                                                        area->max_y);
  }
  return Objects(proj_create_operations(context, from, to, factory.get()));
}

Object first_of(PJ_CONTEXT* context, const Objects& list) {
  if (!list || proj_list_get_count(list.get()) == 0) return nullptr;
  return Object(proj_list_get(context, list.get(), 0));
}

/// In the order that drawings have: easting or longitude first.
Object normalized(PJ_CONTEXT* context, const Object& operation) {
  return operation ? Object(proj_normalize_for_visualization(context, operation.get())) : nullptr;
}

/// About where the extent lies, whatever the datum: for the choice of the operation alone.
Extent area_of(PJ* operation, const Extent& extent) {
  constexpr int steps = 8;
  Extent area{180, 90, -180, -90};
  for (int i = 0; i <= steps; ++i) {
    for (int j = 0; j <= steps; ++j) {
      const double x = std::lerp(extent.min_x, extent.max_x, static_cast<double>(i) / steps);
      const double y = std::lerp(extent.min_y, extent.max_y, static_cast<double>(j) / steps);
      const auto place = proj_trans(operation, PJ_FWD, proj_coord(x, y, 0, 0));
      if (!std::isfinite(place.xy.x) || !std::isfinite(place.xy.y)) continue;
      area = {std::min(area.min_x, place.xy.x), std::min(area.min_y, place.xy.y), std::max(area.max_x, place.xy.x),
              std::max(area.max_y, place.xy.y)};
    }
  }
  return area.min_x <= area.max_x ? area : Extent{-180, -90, 180, 90};
}

/// Of a system with a height, or with a shift to WGS 84 beside it, the system itself.
bool lies_on_surface(PJ_CONTEXT* context, const PJ* crs) {
  switch (proj_get_type(crs)) {
    case PJ_TYPE_GEOGRAPHIC_2D_CRS:
    case PJ_TYPE_GEOGRAPHIC_3D_CRS:
    case PJ_TYPE_PROJECTED_CRS:
      return true;
    case PJ_TYPE_BOUND_CRS:
      return lies_on_surface(context, Object(proj_get_source_crs(context, crs)).get());
    case PJ_TYPE_COMPOUND_CRS:
      return lies_on_surface(context, Object(proj_crs_get_sub_crs(context, crs, 0)).get());
    default:
      return false;
  }
}

}  // namespace

std::expected<Transformation, std::string> Transformation::to_wgs84(const std::string& crs, const Extent& extent,
                                                                    Ballpark ballpark) {
  Transformation made;
  made.proj_.reset(new Proj{make_context(), nullptr, false});
  auto* context = made.proj_->context;
  const Object from(proj_create(context, crs.c_str()));
  const Object to(proj_create(context, "EPSG:4326"));
  if (!from || !to) return std::unexpected("its coordinate reference system is none that PROJ knows");
  const std::string name = proj_get_name(from.get());
  if (!lies_on_surface(context, from.get())) {
    return std::unexpected(
        fmt::format("its coordinate reference system, {}, has no longitudes and latitudes and no "
                    "map's coordinates; state the one that its vertices are in",
                    name));
  }
  const auto rough = normalized(context, first_of(context, operations(context, from.get(), to.get(), nullptr, true)));
  if (!rough) return std::unexpected(fmt::format("no operation leads from its reference system, {}, to WGS 84", name));
  const auto area = area_of(rough.get(), extent);
  auto best = first_of(context, operations(context, from.get(), to.get(), &area, false));
  if (!best && ballpark == Ballpark::accept) {
    best = first_of(context, operations(context, from.get(), to.get(), &area, true));
    made.is_ballpark_ = true;
  }
  if (!best) {
    return std::unexpected(fmt::format(
        "no datum shift from its reference system, {}, to WGS 84 is known between ({:.4f}, {:.4f}) and ({:.4f}, "
        "{:.4f}); without one it may be some 100 m off",
        name, area.min_x, area.min_y, area.max_x, area.max_y));
  }
  made.proj_->operation = normalized(context, best).release();
  made.proj_->from_degrees = proj_degree_input(made.proj_->operation, PJ_FWD) != 0;
  made.name_ = proj_get_name(best.get());
  const bool is_conversion =
      proj_get_type(best.get()) == PJ_TYPE_CONVERSION;  // between coordinates of one datum: exact
  made.accuracy_m_ = is_conversion ? 0 : proj_coordoperation_get_accuracy(context, best.get());
  if (!made.is_ballpark_ && proj_coordoperation_has_ballpark_transformation(context, best.get()) != 0) {
    return std::unexpected(fmt::format("PROJ knows no datum shift from {} to WGS 84", name));
  }
  return made;
}

std::expected<void, std::size_t> Transformation::apply(std::span<LonLat> coordinates) const {
  static_assert(sizeof(LonLat) == 2 * sizeof(double));
  constexpr auto stride = sizeof(LonLat);
  std::vector<LonLat> there(coordinates.begin(), coordinates.end());
  const auto count = there.size();
  if (count == 0) return {};
  auto* operation = proj_->operation;
  proj_trans_generic(operation, PJ_FWD, &there[0].lon_deg, stride, count, &there[0].lat_deg, stride, count, nullptr, 0,
                     0, nullptr, 0, 0);
  auto back = there;
  proj_trans_generic(operation, PJ_INV, &back[0].lon_deg, stride, count, &back[0].lat_deg, stride, count, nullptr, 0, 0,
                     nullptr, 0, 0);
  const double unit = proj_->from_degrees ? metres_per_degree : 1;
  for (std::size_t i = 0; i < count; ++i) {
    double x = std::abs(back[i].lon_deg - coordinates[i].lon_deg);
    if (proj_->from_degrees)
      x = std::abs(std::remainder(x, 360)) * std::cos(coordinates[i].lat_deg * std::numbers::pi / 180);
    const double y = std::abs(back[i].lat_deg - coordinates[i].lat_deg);
    if (!(x * unit <= 1 && y * unit <= 1) || !Position::checked(there[i])) return std::unexpected(i);
  }
  std::ranges::copy(there, coordinates.begin());
  return {};
}

}  // namespace kordon::geo
