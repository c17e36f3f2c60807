#pragma once

#include <filesystem>
#include <vector>

#include "config/json_node.hpp"
#include "geo/atlas/load_atlas.hpp"

namespace kordon::config {

/// 95 % positional errors that are taken seriously.
inline constexpr Range accuracy_range_m{0, 1e6};

/// Reads `layers` of kordon.json: what kordon.schema.json states of a layer, files that exist, ids that are distinct.
std::vector<geo::LayerSource> read_layers(const Members& members, const std::filesystem::path& named_in);

}  // namespace kordon::config
