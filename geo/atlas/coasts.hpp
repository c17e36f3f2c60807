#pragma once

#include <string>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/fault.hpp"

namespace kordon::geo {

/// Whether an arc is part of a border: of a section, where its two regions lie on its two sides; of a coast, where the
/// region lies on one side of it and none on the other; of a boundary, where the region lies beside it.
bool is_part_of(const Arc& arc, const Border& border);

/// Adds the coast (`RU|`) or the boundary (`RU|*`) of a region to the borders of an atlas whose topology is derived. A
/// coast's `unshared_m` is what the region has side by side with others: if they are neighbours it is no coast. A fault
/// where the region is in no layer, or where others share all of its boundary.
void add_line_of_region(const std::string& id, Atlas& atlas, Faults& faults);

}  // namespace kordon::geo
