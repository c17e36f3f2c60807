#include "cartography/maps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <vector>

#include "cartography/zone.hpp"
#include "cartography/zone_cache.hpp"
#include "cartography/zone_extent.hpp"

namespace kordon::cartography {

namespace {

constexpr std::size_t max_cached_vertices = 2'000'000;  // 32 MB

Box box_of(const std::vector<geo::Line>& lines) {
  Box box;
  for (const auto& line : lines) {
    for (const auto place : line) box.include(place);
  }
  return box;
}

/// Of each geo::Target.
std::vector<Box> target_boxes_of(const geo::Atlas& atlas) {
  std::vector<Box> boxes;
  boxes.reserve(atlas.target_count());
  for (const auto& region : atlas.regions) boxes.push_back(box_of(region.rings));
  for (const auto& border : atlas.borders) boxes.push_back(box_of(border.lines));
  return boxes;
}

Box extent_of_regions(const geo::Atlas& atlas, const std::vector<Box>& target_boxes) {
  Box box;
  for (std::size_t i = 0; i < atlas.regions.size(); ++i) {
    const auto& region = target_boxes[i];
    if (region.west_deg > region.east_deg) continue;
    box.include({region.west_deg, region.south_deg});
    box.include({region.east_deg, region.north_deg});
  }
  return box;
}

/// Two areas with the same key cover the same.
std::string key_of(const policy::Area& area, std::span<const double> values) {
  auto key = fmt::format("{}:{}:{}(", static_cast<int>(area.kind), area.target, radius_m_of(area.radius, values));
  for (const auto& part : area.parts) key += key_of(part, values);
  return key + ')';
}

}  // namespace

struct Maps::Impl {
  explicit Impl(const geo::Atlas& the_atlas)
      : atlas(the_atlas),
        target_boxes(target_boxes_of(the_atlas)),
        extent(extent_of_regions(the_atlas, target_boxes)) {}

  std::shared_ptr<const Shapes> find(std::size_t level) const {
    const std::scoped_lock lock(mutex);
    return levels[level];
  }

  /// The first that is made is the one that is kept.
  std::shared_ptr<const Shapes> put(std::size_t level, std::shared_ptr<const Shapes> shapes) {
    const std::scoped_lock lock(mutex);
    if (!levels[level]) levels[level] = std::move(shapes);
    return levels[level];
  }

  const geo::Atlas& atlas;
  std::vector<Box> target_boxes;
  Box extent;
  mutable std::mutex mutex;
  std::array<std::shared_ptr<const Shapes>, level_count> levels;
  ZoneCache zones{max_cached_vertices};
};

Maps::Maps(const geo::Atlas& atlas) : impl_(new Impl(atlas)) {}
Maps::Maps(Maps&&) noexcept = default;
Maps& Maps::operator=(Maps&&) noexcept = default;
Maps::~Maps() = default;

Box Maps::extent() const { return impl_->extent; }

Box Maps::zone_extent(const policy::Area& area, std::span<const double> values, double max_offset_deg) const {
  return extent_of(area, values, impl_->target_boxes, max_offset_deg);
}

// A thread that finds nothing makes it, whoever else is at it: a request must not wait for a thread of lower priority.
std::shared_ptr<const Shapes> Maps::shapes(double max_offset_deg) const {
  const int number = level_of(max_offset_deg);
  const auto level = static_cast<std::size_t>(number);
  if (auto known = impl_->find(level)) return known;
  return impl_->put(level, std::make_shared<const Shapes>(simplified(impl_->atlas, offset_deg_of(number))));
}

bool Maps::has_shapes(double max_offset_deg) const {
  return impl_->find(static_cast<std::size_t>(level_of(max_offset_deg))) != nullptr;
}

std::shared_ptr<const Polygons> Maps::zone(const policy::Area& area, std::span<const double> values,
                                           double max_offset_deg) const {
  const double offset_deg = offset_deg_of(level_of(max_offset_deg));
  auto made = shapes(max_offset_deg);
  if (area.kind == policy::Area::Kind::inside) return {made, &made->regions[area.target]};
  const auto key = fmt::format("{} {}", offset_deg, key_of(area, values));
  if (auto known = impl_->zones.find(key)) return known;
  auto drawn = zone_of(area, values, *made, offset_deg);
  if (!drawn) return nullptr;
  auto zone = std::make_shared<const Polygons>(std::move(*drawn));
  impl_->zones.put(key, zone);
  return zone;
}

int level_of(double max_offset_deg) {
  if (!(max_offset_deg >= finest_offset_deg)) return 0;
  return std::min(1 + std::ilogb(max_offset_deg / finest_offset_deg), level_count - 1);
}

double offset_deg_of(int level) { return level == 0 ? 0.0 : std::ldexp(finest_offset_deg, level - 1); }

}  // namespace kordon::cartography
