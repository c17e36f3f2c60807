#pragma once

#include "config/json_node.hpp"
#include "policy/policy.hpp"

namespace kordon::config {

/// Deepest nesting of all, any and not in an area.
inline constexpr int max_area_depth = 16;

/// What the names in an area refer to.
struct Names {
  const geo::Atlas* atlas;  ///< nothing: regions and border sections are not resolved, because no layers could be read
  const std::vector<policy::Parameter>& parameters;
};

/// Reads one of
///
///     {"everywhere": true}
///     {"inside": "RU"}
///     {"within": {"of": "RU|UA-63", "radius_km": 100}}                 or radius_m, radius_nmi
///     {"within": {"of": "RU|UA-63", "radius_parameter": "depth_km"}}
///     {"all": [...]}  {"any": [...]}  {"not": {...}}
///
/// and resolves its names. After a fault the result is not whole.
policy::Area read_area(const Node& node, const Names& names);

}  // namespace kordon::config
