#include "geo/atlas/place_features.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/atlas/cut_at_180.hpp"
#include "geo/atlas/densify.hpp"

namespace kordon::geo {
namespace {

/// A layer may reach so far beyond where its reference system is meant for; beyond that it is another system's.
constexpr double beyond_use_deg = 6;

std::optional<Transformation> choose(const LayerCrs& crs, const Extent& extent, const LayerSource& source,
                                     LayerInfo& info, Faults& faults, Faults& warnings) {
  if (crs.is_projected && std::abs(extent.min_x) <= 180 && std::abs(extent.max_x) <= 180 &&
      std::abs(extent.min_y) <= 90 && std::abs(extent.max_y) <= 90) {  // no country lies within 180 m of the origin
    faults.push_back({info.file, fmt::format("has degrees for coordinates, but states a projection, {}; state the "
                                             "system that it is in as `crs`: EPSG:4326",
                                             crs.name)});
    return std::nullopt;
  }
  const auto ballpark = source.ballpark_accuracy_m ? Ballpark::accept : Ballpark::refuse;
  auto made = Transformation::to_wgs84(crs.definition, extent, ballpark);
  if (!made) {
    const auto accept = made.error().contains("datum shift")
                            ? "; state `ballpark_accuracy_m` to take it unshifted, with that figure in its accuracy"
                            : "; state the right one as `crs`";
    faults.push_back({info.file, made.error() + accept});
    return std::nullopt;
  }
  info.crs = crs.name;
  info.operation = made->name();
  info.operation_accuracy_m = made->is_ballpark() ? *source.ballpark_accuracy_m : std::max(0.0, made->accuracy_m());
  if (made->is_ballpark()) {
    warnings.push_back({info.file, fmt::format("is not shifted from {} to WGS 84: no shift is known there; {} m are "
                                               "taken as its accuracy, as stated",
                                               crs.name, *source.ballpark_accuracy_m)});
  } else if (made->accuracy_m() < 0) {
    warnings.push_back(
        {info.file, fmt::format("is shifted by {}, whose accuracy is not stated anywhere", made->name())});
  }
  return std::move(*made);
}

/// Of one feature: transforms its rings, keeping what they were in `planar`.
bool transform(const Transformation& transformation, RawFeature& feature, std::vector<Line>& planar, Faults& faults) {
  for (auto& polygon : feature.polygons) {
    for (auto& ring : polygon) {
      planar.push_back(ring);
      const auto done = transformation.apply(ring);
      if (done) continue;
      const auto vertex = planar.back()[done.error()];
      faults.push_back({feature.where, fmt::format("vertex ({}, {}) lies outside the domain of the layer's reference "
                                                   "system; is it the right one? State the one that it is in as `crs`",
                                                   vertex.lon_deg, vertex.lat_deg)});
      return false;
    }
  }
  return true;
}

/// Straight edges bend by the course that they have in the layer; those that jump at 180 degrees are left for the cut.
void give_course(RawFeature& feature, const std::vector<Line>& planar, const Transformation* transformation,
                 Edges edges) {
  std::size_t number = 0;
  for (auto& polygon : feature.polygons) {
    for (auto& ring : polygon) {
      const auto at = number++;
      const bool jumps = std::ranges::adjacent_find(ring, [](LonLat a, LonLat b) {
                           return std::abs(a.lon_deg - b.lon_deg) > 180;
                         }) != ring.end();
      if (jumps) continue;
      if (edges == Edges::geodesic) ring = densified_geodesic(ring);
      if (edges == Edges::spherical) ring = densified_spherical(ring);
      if (edges == Edges::planar && transformation != nullptr) {
        ring = densified_planar(planar[at], ring, *transformation);
      }
    }
  }
}

bool cut(RawFeature& raw, Feature& feature, Faults& faults, Faults& warnings) {
  bool any = false;
  for (auto& polygon : raw.polygons) {
    auto result = cut_at_180(std::move(polygon));
    if (!result.error.empty()) {
      faults.push_back({feature.where, result.error});
      return false;
    }
    any = any || result.was_cut;
    for (auto& part : result.polygons) feature.polygons.push_back(std::move(part));
  }
  if (any) {
    warnings.push_back({feature.where,
                        "crosses 180 degrees and is cut there (RFC 7946, section 3.1.9): its edges are "
                        "taken the shorter way around the Earth"});
  }
  return true;
}

double outside_deg(const Extent& layer, const Extent& use) {
  const double east = use.min_x <= use.max_x ? use.max_x : use.max_x + 360;
  const auto apart = [](double low, double high, double use_low, double use_high) {
    return std::max({0.0, use_low - high, low - use_high});
  };
  double x = 360;
  for (const double turn : {-360.0, 0.0, 360.0}) {
    x = std::min(x, apart(layer.min_x + turn, layer.max_x + turn, use.min_x, east));
  }
  return std::max(x, apart(layer.min_y, layer.max_y, use.min_y, use.max_y));
}

/// Refused: a layer that lies where its reference system is not meant for.
void check_place(const std::vector<RawFeature>& features, const LayerCrs& crs, const std::string& file,
                 Faults& faults) {
  const auto extent = extent_of(features);
  if (!extent || !crs.area_of_use || outside_deg(*extent, *crs.area_of_use) <= beyond_use_deg) return;
  const auto& use = *crs.area_of_use;
  faults.push_back(
      {file, fmt::format("lies between ({:.2f}, {:.2f}) and ({:.2f}, {:.2f}) if it is in {}, which is meant "
                         "for ({:.2f}, {:.2f}) to ({:.2f}, {:.2f}): northing before easting, or another "
                         "zone? State the system that it is in as `crs`",
                         extent->min_x, extent->min_y, extent->max_x, extent->max_y, crs.name, use.min_x, use.min_y,
                         use.max_x, use.max_y)});
}

}  // namespace

std::vector<Feature> place_features(std::vector<RawFeature> raw, const LayerCrs& crs, const LayerSource& source,
                                    LayerInfo& info, Faults& faults, Faults& warnings) {
  std::vector<Feature> features;
  const auto extent = extent_of(raw);
  std::optional<Transformation> transformation;
  if (!crs.definition.empty() && extent) {
    transformation = choose(crs, *extent, source, info, faults, warnings);
    if (!transformation) return {};
  }
  std::vector<std::vector<Line>> planar(raw.size());
  const auto before = faults.size();
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (transformation) transform(*transformation, raw[i], planar[i], faults);
  }
  if (faults.size() == before) check_place(raw, crs, info.file, faults);
  if (faults.size() != before) return {};
  for (std::size_t i = 0; i < raw.size(); ++i) {
    give_course(raw[i], planar[i], transformation ? &*transformation : nullptr, source.edges);
    planar[i].clear();
    Feature feature{raw[i].where, raw[i].id, raw[i].name, {}};
    cut(raw[i], feature, faults, warnings);
    features.push_back(std::move(feature));
  }
  return features;
}

}  // namespace kordon::geo
