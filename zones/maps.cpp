#include "zones/maps.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

namespace kordon::zones {

namespace {

Box extent_of(const geo::Atlas& atlas) {
  Box box;
  for (const auto& region : atlas.regions) {
    for (const auto& ring : region.rings) {
      for (const auto place : ring) box.include(place);
    }
  }
  return box;
}

}  // namespace

struct Maps::Impl {
  struct Level {
    std::once_flag made;
    std::shared_ptr<const Shapes> shapes;
  };

  const geo::Atlas& atlas;
  Box extent;
  std::array<Level, level_count> levels;
};

Maps::Maps(const geo::Atlas& atlas) : impl_(new Impl{atlas, extent_of(atlas), {}}) {}
Maps::Maps(Maps&&) noexcept = default;
Maps& Maps::operator=(Maps&&) noexcept = default;
Maps::~Maps() = default;

Box Maps::extent() const { return impl_->extent; }

std::shared_ptr<const Shapes> Maps::shapes(double max_offset_deg) const {
  const int number = level_of(max_offset_deg);
  auto& level = impl_->levels[static_cast<std::size_t>(number)];
  std::call_once(level.made, [&] {
    level.shapes = std::make_shared<const Shapes>(simplified(impl_->atlas, offset_deg_of(number)));
  });
  return level.shapes;
}

int level_of(double max_offset_deg) {
  if (!(max_offset_deg >= finest_offset_deg)) return 0;
  return std::min(1 + std::ilogb(max_offset_deg / finest_offset_deg), level_count - 1);
}

double offset_deg_of(int level) { return level == 0 ? 0.0 : std::ldexp(finest_offset_deg, level - 1); }

}  // namespace kordon::zones
