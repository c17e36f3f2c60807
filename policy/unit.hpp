#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kordon::policy {

/// The units of length that a policy may state.
enum class Unit : std::uint8_t { metre, kilometre, nautical_mile };

struct UnitInfo {
  Unit unit;
  std::string_view symbol;  ///< as written in policy files and answers
  double metres;            ///< length of one unit, exact by definition (BIPM SI brochure, 9th edition, table 8)
};

inline constexpr std::array<UnitInfo, 3> units{{
    {Unit::metre, "m", 1.0},
    {Unit::kilometre, "km", 1000.0},
    {Unit::nautical_mile, "nmi", 1852.0},
}};

constexpr const UnitInfo& info(Unit unit) { return units[static_cast<std::size_t>(unit)]; }

constexpr std::optional<Unit> find_unit(std::string_view symbol) {
  for (const auto& [unit, name, metres] : units) {
    if (name == symbol) return unit;
  }
  return std::nullopt;
}

}  // namespace kordon::policy
