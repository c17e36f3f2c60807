#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/config.hpp"

namespace kordon::world {

/// Hashes of what a world is made from, `sha256:` and 64 hex digits each.
struct InputVersions {
  /// Of what an atlas is made from, which its index file is kept for: layers and the accuracies of border sections,
  /// with the layers' provenance and their paths as seen from the configuration's folder, so that all of it can be
  /// moved together.
  std::string atlas;
  /// Of everything that answers depend on: the bytes of every file that a layer is made of (geo::files_of), what the
  /// configuration says of each layer and border section, and the bytes of every policy file. Where files lie and how
  /// the server runs makes no difference.
  std::string answers;
};

/// Throws std::runtime_error if a file that was there a moment ago cannot be read.
InputVersions input_versions(const config::Config& config);

/// `sha256:` and 64 hex digits over `InputVersions::answers` and what became of it, `geo::IndexedAtlas::content`: an
/// index file that says something else than its layers has another data version.
std::string data_version(std::string_view answers, std::uint64_t content);

}  // namespace kordon::world
