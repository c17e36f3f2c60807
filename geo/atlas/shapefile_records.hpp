#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kordon::geo {

/// Damage in the records of a .shp, of which GDAL checks little: lengths that do not add up, numbers out of
/// order, another type than the header's, part or point counts that do not fit, vertices that are not finite or lie
/// outside the box that their own record states, and a box outside the header's. Nothing if they are whole.
std::optional<std::string> damage_in_records(const std::filesystem::path& shp);

}  // namespace kordon::geo
