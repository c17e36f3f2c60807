#pragma once

#include <string>

#include "config/config.hpp"

namespace kordon::world {

/// `sha256:` and 64 hex digits over everything that answers depend on: the bytes of every file that a layer is made of
/// (geo::files_of), what the configuration says of each layer and border section, and the bytes of
/// every policy file. Where files lie and how the server runs makes no difference.
/// Throws std::runtime_error if a file that was there a moment ago cannot be read.
std::string data_version(const config::Config& config);

/// The same over what an atlas is made from, which its index file is kept for: without policies, with the layers'
/// provenance and their paths as seen from the configuration's folder, so that all of it can be moved together.
std::string atlas_version(const config::Config& config);

}  // namespace kordon::world
