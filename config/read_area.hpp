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
  std::vector<std::string>* accepted = nullptr;  ///< what is to be said of border sections that are not whole; or null
};

/// Reads one of
///
///     {"everywhere": true}
///     {"inside": "RU"}                                                 or ["PL", "CZ"], which are one region then
///     {"within": {"of": "RU|UA-63", "radius_km": 100}}                 or radius_m, radius_nmi
///     {"within": {"of": "RU|UA-63", "radius_parameter": "depth_km"}}
///     {"all": [...]}  {"any": [...]}  {"not": {...}}
///
/// and resolves its names. After a fault the result is not whole.
policy::Area read_area(const Node& node, const Names& names);

/// The lists of regions that areas of these files name by `inside`: the atlas must have the region that they are
/// together. What is wrong in the files is left for `read_policy` to say.
std::vector<std::vector<std::string>> unions_in(const std::vector<std::filesystem::path>& policies);

}  // namespace kordon::config
