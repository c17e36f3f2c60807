#pragma once

#include <optional>
#include <string>

namespace kordon::geo {

/// What is torn of a MapInfo text file (.mif, with its rows in the .mid beside it), to be read after the file's name;
/// nothing: it is whole. GDAL reads what there is without a word. Whole are all counted coordinates of each object, and
/// as many objects as the .mid has rows, where there is one and the header names columns. After the MapInfo Data
/// Interchange Format (MapInfo Professional User Guide, appendix).
std::optional<std::string> damage_in_mif(const std::string& file);

}  // namespace kordon::geo
