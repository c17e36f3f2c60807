#pragma once

#include <filesystem>

namespace kordon::geo {

/// Where PROJ finds its database (`proj.db`) in this process, if not where it was installed. Before anything is loaded.
void use_proj_data(const std::filesystem::path& folder);

}  // namespace kordon::geo
