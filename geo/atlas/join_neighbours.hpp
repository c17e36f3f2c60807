#pragma once

#include "geo/atlas/load_atlas.hpp"

namespace kordon::geo {

/// Matches the regions of all layers (`match_neighbours`), derives arcs and borders (`derive_topology`), and measures
/// what runs side by side unshared (`find_side_by_side`);
/// then adds the unions, coasts and boundaries that sources ask for (`add_union`, `add_line_of_region`). Accuracies
/// grow by what was moved, and `warnings` say where anything was moved by a millimetre or more, and what is left
/// unshared.
void join_neighbours(LoadedAtlas& loaded, const std::vector<LayerSource>& sources, Faults& faults);

}  // namespace kordon::geo
