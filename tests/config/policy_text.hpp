#pragma once

#include <string_view>

#include "geo/atlas/atlas.hpp"

namespace kordon::config::test {

/// Regions A, B, C; A and B touch, C is alone.
inline geo::Atlas small_atlas() {
  geo::Atlas atlas;
  for (const auto* id : {"A", "B", "C"}) {
    geo::Region region;
    region.id = id;
    atlas.regions.push_back(region);
  }
  geo::Border border;
  border.id = "A|B";
  border.second = 1;
  atlas.borders.push_back(border);
  return atlas;
}

inline constexpr std::string_view good_policy = R"({
  "id": "p", "title": "P", "description": "D", "disclaimer": "L", "dates_note": "UTC",
  "known_through": "2024-05-31T23:59:59Z",
  "sources": [{"id": "s", "title": "S", "publisher": "U", "date": "2024-05-30", "summary": "M"}],
  "parameters": [{"id": "depth_km", "title": "Depth", "unit": "km", "value": 100, "min": 1, "max": 2000,
                  "assumed": true, "note": "the source states no distance"}],
  "activities": [{"id": "act", "title": "Act", "scope": {"everywhere": true}}],
  "rules": [{"id": "r", "title": "R", "activity": "act", "effect": "prohibit",
             "area": {"all": [{"inside": "B"}, {"within": {"of": "B|A", "radius_parameter": "depth_km"}}]},
             "from": "2024-05-30T00:00:00Z", "until": "2024-06-30T00:00:00Z",
             "sources": ["s"], "assumed": ["read as UTC"]}]
})";

}  // namespace kordon::config::test
