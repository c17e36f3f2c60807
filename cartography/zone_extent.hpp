#pragma once

#include <span>

#include "cartography/box.hpp"
#include "policy/area.hpp"

namespace kordon::cartography {

/// A box outside of which an area covers nothing, without its shape being made: of what lies within a distance of a
/// line the line's box and that distance around it, of a negation everything. It may be larger than needed, and is all
/// longitudes where it would cross the antimeridian. `target_boxes` are those of the regions and border sections, by
/// geo::Target; `offset_deg` is what the lines may be simplified by.
Box extent_of(const policy::Area& area, std::span<const double> values, std::span<const Box> target_boxes,
              double offset_deg);

}  // namespace kordon::cartography
