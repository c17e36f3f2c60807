#include "geo/atlas/proj_data.hpp"

#include <ogr_srs_api.h>

#include <array>

namespace kordon::geo {

void use_proj_data(const std::filesystem::path& folder) {
  const std::array<const char*, 2> folders{folder.c_str(), nullptr};
  OSRSetPROJSearchPaths(folders.data());
}

}  // namespace kordon::geo
