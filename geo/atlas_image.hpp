#pragma once

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"
#include "geo/edge_index/image.hpp"

namespace kordon::geo {

/// An atlas and the warnings of its loading, as arrays.
void put_atlas(ImageWriter& image, const Atlas& atlas, const Faults& warnings);
void take_atlas(ImageReader& image, Atlas& atlas, Faults& warnings);

}  // namespace kordon::geo
