#pragma once

#include "config/json_node.hpp"
#include "geo/atlas/load_atlas.hpp"
#include "policy/policy.hpp"

namespace kordon::config {

/// Deepest nesting of all, any and not in an area.
inline constexpr int max_area_depth = 16;

/// What the names in an area refer to.
struct Names {
  const geo::Atlas* atlas;  ///< nothing: regions and border sections are not resolved, because no layers could be read
  const std::vector<policy::Parameter>& parameters;
  std::vector<std::string>* accepted = nullptr;  ///< what is to be said of border sections that are not whole; or null
};

/// Reads one of
///
///     {"everywhere": true}
///     {"inside": "RU"}                                                 or ["PL", "CZ"], which are one region then
///     {"within": {"of": "RU|UA-63", "radius_km": 100}}                 or radius_m, radius_nmi
///     {"within": {"of": "RU|UA-63", "radius_parameter": "depth_km"}}   or the coast of a region, "RU|", or all of its
///     boundary, "RU|*"
///     {"all": [...]}  {"any": [...]}  {"not": {...}}
///
/// and resolves its names. After a fault the result is not whole.
policy::Area read_area(const Node& node, const Names& names);

/// What the atlas must have for the areas of these files beside its layers: the regions that lists in `inside` are
/// together, and the coasts and boundaries that `of` names. What is wrong in the files is left for `read_policy` to
/// say.
geo::LayerSource made_for(const std::vector<std::filesystem::path>& policies);

}  // namespace kordon::config
