#pragma once

#include <array>
#include <string_view>

namespace kordon::api::features {

/// What `/collections` says of one collection.
struct Collection {
  std::string_view id;
  std::string_view title;
  std::string_view description;
};

inline constexpr Collection regions_collection{"regions", "Regions",
                                               "The polygons of each layer, by id: countries and parts of them."};
inline constexpr Collection borders_collection{"borders", "Border sections",
                                               "The lines that two regions share, derived from the regions' topology."};
inline constexpr Collection zones_collection{
    "zones", "Zones", "The area of each rule of each policy, as polygons, with the parameters given."};

}  // namespace kordon::api::features
