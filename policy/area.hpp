#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/atlas.hpp"
#include "policy/unit.hpp"

namespace kordon::policy {

/// A length that is stated, or that a parameter of the policy states.
struct Radius {
  double value = 0;                      ///< in `unit`, >= 0; not read where `parameter` is set
  Unit unit = Unit::metre;               ///< the parameter's own unit where `parameter` is set
  std::optional<std::size_t> parameter;  ///< index in Policy::parameters
};

/// A part of the Earth: clauses joined by all, any, not. Targets are already resolved against one atlas.
struct Area {
  enum class Kind : std::uint8_t {
    everywhere,  ///< clause: margin +infinity
    inside,      ///< clause: inside the region `target`
    within,      ///< clause: within `radius` of the region or border section `target`
    all,         ///< the intersection of `parts`; of none: everywhere
    any,         ///< the union of `parts`; of none: nowhere
    negation,    ///< the complement of `parts[0]`, the only part
  };

  Kind kind = Kind::everywhere;
  geo::Target target = 0;
  std::string target_id;  ///< the target's id, for text
  Radius radius;
  std::vector<Area> parts;
  std::string target_name = {};  ///< the target's name for people: `Russia`, `Russia - Kharkiv oblast`
};

}  // namespace kordon::policy
