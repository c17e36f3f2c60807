#pragma once

#include <vector>

#include "geo/atlas/atlas.hpp"

namespace kordon::bench {

/// Two regions, `N` north of `S`, with a seeded rough border across 33..41 E near 50 N of about a fractal
/// dimension 1.2; the fewer its edges, the coarser the same line. `edges` divides 1,000,000.
geo::Atlas fractal_atlas(std::size_t edges);

}  // namespace kordon::bench
