#pragma once

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"
#include "geo/edge_index/image.hpp"

namespace kordon::geo {

/// The lines of an atlas and what they bound, as arrays: what answers go by.
void put_lines(ImageWriter& image, const Atlas& atlas);
void take_lines(ImageReader& image, Atlas& atlas);

/// Where the layers come from, and the warnings of their loading.
void put_notes(ImageWriter& image, const Atlas& atlas, const Faults& warnings);
void take_notes(ImageReader& image, Atlas& atlas, Faults& warnings);

}  // namespace kordon::geo
