#include "geo/atlas/crs_places.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>
#include <vector>

#include "geo/atlas/local_plane.hpp"
#include "geo/atlas/proj_operations.hpp"

namespace kordon::geo {
namespace {

constexpr double beside_deg = 3;        // half a zone of maps
constexpr double max_coordinate = 1e8;  // metres; PROJ takes its time beyond
constexpr Extent world{-180, -90, 180, 90};

using Failed = std::unexpected<CrsFault>;

/// A datum shift, or none between systems of one datum.
struct Operation {
  Extent area;  ///< west may lie east of east
  double accuracy_m = 0;
  std::string name;
  proj::Object there;
};

bool holds(const Extent& area, LonLat place, double margin_deg) {
  if (place.lat_deg < area.min_y - margin_deg || place.lat_deg > area.max_y + margin_deg) return false;
  const double width_deg = area.max_x - area.min_x + (area.max_x < area.min_x ? 360 : 0);
  const double from_west_deg = place.lon_deg - area.min_x + margin_deg;
  return from_west_deg - 360 * std::floor(from_west_deg / 360) <= width_deg + 2 * margin_deg;
}

Extent area_of_use(PJ_CONTEXT* context, const PJ* object) {
  Extent area;
  const int known = proj_get_area_of_use(context, object, &area.min_x, &area.min_y, &area.max_x, &area.max_y, nullptr);
  return known != 0 && area.min_y >= -90 ? area : world;
}

/// There and back, or nothing where that ends more than a metre off.
std::optional<LonLat> moved(PJ* operation, LonLat from) {
  const auto there = proj_trans(operation, PJ_FWD, proj_coord(from.lon_deg, from.lat_deg, 0, 0));
  const auto back = proj_trans(operation, PJ_INV, there);
  proj_errno_reset(operation);
  if (!std::isfinite(there.xy.x) || !std::isfinite(there.xy.y)) return std::nullopt;
  const bool degrees = proj_degree_input(operation, PJ_FWD) != 0;
  const double unit = degrees ? metres_per_degree : 1;
  double x = std::abs(back.xy.x - from.lon_deg);
  if (degrees) x = std::abs(std::remainder(x, 360)) * std::cos(from.lat_deg * std::numbers::pi / 180);
  if (!(x * unit <= 1 && std::abs(back.xy.y - from.lat_deg) * unit <= 1)) return std::nullopt;
  return LonLat{there.xy.x, there.xy.y};
}

/// Whether the authority's first axis runs north and its second east.
bool has_north_first(PJ_CONTEXT* context, const PJ* crs) {
  const proj::Object axes(proj_crs_get_coordinate_system(context, crs));
  if (!axes) return false;
  std::array<std::string, 2> directions;
  for (int i = 0; i < 2; ++i) {
    const char* direction = nullptr;
    proj_cs_get_axis_info(context, axes.get(), i, nullptr, nullptr, &direction, nullptr, nullptr, nullptr, nullptr);
    directions[static_cast<std::size_t>(i)] = direction == nullptr ? "" : direction;
  }
  return directions[0] == "north" && directions[1] == "east";
}

std::vector<Operation> operations_of(PJ_CONTEXT* context, const PJ* from, const PJ* to) {
  std::vector<Operation> all;
  const auto list = proj::operations(context, from, to, &world, Ballpark::refuse);
  const int count = list ? proj_list_get_count(list.get()) : 0;
  for (int i = 0; i < count; ++i) {
    const proj::Object operation(proj_list_get(context, list.get(), i));
    if (!operation || proj_coordoperation_has_ballpark_transformation(context, operation.get()) != 0) continue;
    auto there = proj::normalized(context, operation);
    if (!there) continue;
    all.push_back({area_of_use(context, operation.get()), proj::accuracy_of(context, operation.get()),
                   proj_get_name(operation.get()), std::move(there)});
  }
  // PROJ's order decides between equal ones; what states no accuracy comes last.
  std::ranges::stable_sort(all, {}, [](const Operation& operation) {
    return operation.accuracy_m < 0 ? max_coordinate : operation.accuracy_m;
  });
  return all;
}

}  // namespace

struct CrsPlaces::System {
  std::string title;    ///< `EPSG:28407, Pulkovo 1942 / Gauss-Kruger zone 7`
  bool is_map = false;  ///< metres of a map, else degrees
  bool north_first = false;
  Extent area;                        ///< of use
  proj::Object to_degrees;            ///< of a map, to longitude and latitude of the same datum
  proj::Object rough;                 ///< from there to about WGS 84
  std::vector<Operation> operations;  ///< from there to WGS 84, the most accurate one first

  /// Degrees of its own datum, or nothing: it is out of the system's domain.
  [[nodiscard]] std::optional<LonLat> degrees_of(LonLat pair) const {
    if (!is_map) return Position::checked(pair) ? std::optional(pair) : std::nullopt;
    if (!(std::abs(pair.lon_deg) <= max_coordinate && std::abs(pair.lat_deg) <= max_coordinate)) return std::nullopt;
    return moved(to_degrees.get(), pair);
  }

  /// About where it lies, for the choice between readings and operations.
  [[nodiscard]] LonLat about(LonLat degrees) const {
    if (!rough) return degrees;
    const auto there = proj_trans(rough.get(), PJ_FWD, proj_coord(degrees.lon_deg, degrees.lat_deg, 0, 0));
    return std::isfinite(there.xy.x) && std::isfinite(there.xy.y) ? LonLat{there.xy.x, there.xy.y} : degrees;
  }

  [[nodiscard]] std::string order(bool swapped) const {
    if (is_map) return swapped ? "x northing and y easting" : "x easting and y northing";
    return swapped ? "x latitude and y longitude" : "x longitude and y latitude";
  }
};

struct CrsPlaces::Known {
  proj::Context context = proj::make_context();  // goes last
  proj::Object wgs84;
  std::map<std::string, Opened, std::less<>> systems;

  Known() : wgs84(proj_create(context.get(), "EPSG:4326")) {
    proj_context_set_enable_network(context.get(), 0);  // no request may make another
  }
};

CrsPlaces::CrsPlaces() = default;
CrsPlaces::~CrsPlaces() = default;
CrsPlaces::CrsPlaces(CrsPlaces&&) noexcept = default;
CrsPlaces& CrsPlaces::operator=(CrsPlaces&&) noexcept = default;

void CrsPlaces::trim() {
  if (!known_ || known_->systems.size() < max_systems) return;
  const auto failed = std::erase_if(known_->systems, [](const auto& system) { return !system.second; });
  if (failed == 0) known_->systems.clear();
}

bool CrsPlaces::would_open(std::string_view crs) const {
  const auto name = read_crs_name(crs);
  if (!name) return false;
  return !known_ || (!known_->systems.contains(name->text()) && known_->systems.size() < max_systems);
}

std::expected<const CrsPlaces::System*, std::string> CrsPlaces::system(std::string_view crs) {
  const auto name = read_crs_name(crs);
  if (!name) return std::unexpected(name.error());
  const auto id = name->text();
  if (!known_) known_ = std::make_unique<Known>();
  auto found = known_->systems.find(id);
  if (found == known_->systems.end()) {
    if (known_->systems.size() >= max_systems) {
      return std::unexpected(fmt::format("more than {} reference systems in one batch", max_systems));
    }
    found = known_->systems.emplace(id, opened(*name)).first;
  }
  if (!found->second) return std::unexpected(found->second.error());
  return &*found->second;
}

CrsPlaces::Opened CrsPlaces::opened(const CrsName& name) const {
  auto* context = known_->context.get();
  const auto id = name.text();
  const proj::Object from(
      proj_create_from_database(context, name.authority.c_str(), name.code.c_str(), PJ_CATEGORY_CRS, 0, nullptr));
  if (!from) return std::unexpected(fmt::format("{} is no reference system that PROJ's database has", id));
  const auto type = proj_get_type(from.get());
  System made;
  made.title = fmt::format("{}, {}", id, proj_get_name(from.get()));
  made.is_map = type == PJ_TYPE_PROJECTED_CRS;
  if (!made.is_map && type != PJ_TYPE_GEOGRAPHIC_2D_CRS && type != PJ_TYPE_GEOGRAPHIC_3D_CRS) {
    return std::unexpected(fmt::format("{} has no x and y on the Earth's surface", made.title));
  }
  const proj::Object degrees(proj_crs_get_geodetic_crs(context, from.get()));
  if (made.is_map) {
    made.to_degrees = proj::normalized(
        context,
        proj::first_of(context, proj::operations(context, from.get(), degrees.get(), nullptr, Ballpark::refuse)));
  }
  made.operations = operations_of(context, degrees.get(), known_->wgs84.get());
  if ((made.is_map && !made.to_degrees) || made.operations.empty()) {
    return std::unexpected(fmt::format("no datum shift from {} to WGS 84 is known", made.title));
  }
  made.north_first = has_north_first(context, from.get());
  made.area = area_of_use(context, from.get());
  made.rough = proj::normalized(
      context, proj::first_of(
                   context, proj::operations(context, degrees.get(), known_->wgs84.get(), nullptr, Ballpark::accept)));
  return made;
}

namespace {

struct Candidate {
  LonLat degrees;
  LonLat about;
  bool swapped;
};

std::string outside(std::string_view title, const Extent& area, const std::vector<Candidate>& beyond) {
  std::string where;
  for (const auto& candidate : beyond) {
    where +=
        fmt::format("{} longitude {:.4f}, latitude {:.4f}", where.empty() ? "lies at" : " or, the other way round,",
                    candidate.about.lon_deg, candidate.about.lat_deg);
  }
  return fmt::format("{}, outside of the area where {} is used (longitude {:g} to {:g}, latitude {:g} to {:g})",
                     where.empty() ? "is no place of this map" : where, title, area.min_x, area.max_x, area.min_y,
                     area.max_y);
}

}  // namespace

std::expected<CrsPlace, CrsFault> CrsPlaces::read(std::string_view crs, const MapPair& pair) {
  const auto found = system(crs);
  if (!found) return Failed({true, found.error()});
  const System& in = **found;
  std::vector<Candidate> inside;
  std::vector<Candidate> beyond;
  const bool two_orders = in.north_first && pair.order == MapPair::Order::open && pair.x != pair.y;
  for (const bool swapped : {false, true}) {
    if (swapped && !two_orders) continue;
    const auto degrees = in.degrees_of(swapped ? LonLat{pair.y, pair.x} : LonLat{pair.x, pair.y});
    if (!degrees) continue;
    const auto about = in.about(*degrees);
    (holds(in.area, about, beside_deg) ? inside : beyond).push_back({*degrees, about, swapped});
  }
  if (inside.empty()) return Failed({false, outside(in.title, in.area, beyond)});
  if (inside.size() > 1) {
    return Failed({false, fmt::format("can be read with {} (longitude {:.5f}, latitude {:.5f}) and with {} (longitude "
                                      "{:.5f}, latitude {:.5f}); write `lon` and `lat` for easting or longitude and "
                                      "northing or latitude",
                                      in.order(false), inside[0].about.lon_deg, inside[0].about.lat_deg, in.order(true),
                                      inside[1].about.lon_deg, inside[1].about.lat_deg)});
  }
  const auto& [degrees, about, swapped] = inside.front();
  for (const auto& operation : in.operations) {
    if (!holds(operation.area, about, 0)) continue;
    const auto place = moved(operation.there.get(), degrees);
    if (!place || !Position::checked(*place)) continue;
    auto read_as = fmt::format("{}, {}", in.title, in.order(swapped));
    if (operation.accuracy_m != 0) read_as += fmt::format(", by {}", operation.name);
    if (operation.accuracy_m > 0) read_as += fmt::format(" to {:g} m", operation.accuracy_m);
    return CrsPlace{*place, operation.accuracy_m, std::move(read_as)};
  }
  return Failed({false, fmt::format("no datum shift from {} to WGS 84 is known at longitude {:.4f}, latitude {:.4f}",
                                    in.title, about.lon_deg, about.lat_deg)});
}

}  // namespace kordon::geo
