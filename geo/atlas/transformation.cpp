#include "geo/atlas/transformation.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/atlas/local_plane.hpp"
#include "geo/atlas/proj_operations.hpp"

namespace kordon::geo {

struct Transformation::Proj {
  proj::Context context;
  proj::Object operation;  // goes before its context
  bool from_degrees = false;
};

void Transformation::Free::operator()(Proj* proj) const { delete proj; }

namespace {

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

proj::Object best_of(PJ_CONTEXT* context, const proj::Object& from, const proj::Object& to, const Extent* area,
                     Ballpark ballpark) {
  return proj::first_of(context, proj::operations(context, from.get(), to.get(), area, ballpark));
}

}  // namespace

std::expected<Transformation, std::string> Transformation::to_wgs84(const std::string& crs, const Extent& extent,
                                                                    Ballpark ballpark) {
  Transformation made;
  made.proj_.reset(new Proj{proj::make_context(), nullptr, false});
  auto* context = made.proj_->context.get();
  const proj::Object from(proj_create(context, crs.c_str()));
  const proj::Object to(proj_create(context, "EPSG:4326"));
  if (!from || !to) return std::unexpected("its coordinate reference system is none that PROJ knows");
  const std::string name = proj_get_name(from.get());
  if (!proj::lies_on_surface(context, from.get())) {
    return std::unexpected(
        fmt::format("its coordinate reference system, {}, has no longitudes and latitudes and no "
                    "map's coordinates; state the one that its vertices are in",
                    name));
  }
  const auto rough = proj::normalized(context, best_of(context, from, to, nullptr, Ballpark::accept));
  if (!rough) return std::unexpected(fmt::format("no operation leads from its reference system, {}, to WGS 84", name));
  const auto area = area_of(rough.get(), extent);
  auto best = best_of(context, from, to, &area, Ballpark::refuse);
  if (!best && ballpark == Ballpark::accept) {
    best = best_of(context, from, to, &area, Ballpark::accept);
    made.is_ballpark_ = true;
  }
  if (!best) {
    return std::unexpected(fmt::format(
        "no datum shift from its reference system, {}, to WGS 84 is known between ({:.4f}, {:.4f}) and ({:.4f}, "
        "{:.4f}); without one it may be some 100 m off",
        name, area.min_x, area.min_y, area.max_x, area.max_y));
  }
  made.proj_->operation = proj::normalized(context, best);
  made.proj_->from_degrees = proj_degree_input(made.proj_->operation.get(), PJ_FWD) != 0;
  made.name_ = proj_get_name(best.get());
  made.accuracy_m_ = proj::accuracy_of(context, best.get());
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
  auto* operation = proj_->operation.get();
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
