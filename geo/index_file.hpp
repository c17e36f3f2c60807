#pragma once

#include <expected>
#include <filesystem>
#include <string_view>

#include "geo/atlas/load_atlas.hpp"
#include "geo/index.hpp"

namespace kordon::geo {

/// An atlas with its index.
struct IndexedAtlas {
  Atlas atlas;
  Index index;
  Faults warnings;  ///< of `load_atlas`, and of the index file if it could not be used or written
};

/// `load_atlas` and its index, kept in a file so that the next start is fast and processes share one copy.
///
/// The file is mapped read-only. It states its format's version, the machine's order of bytes, a checksum of all that
/// follows (XXH3) and `key`, which must name everything that the atlas is made from. One that is missing, stale or
/// damaged is made anew, under another name first, and the last two say so in `warnings`; so does a file that cannot be
/// written, which harms nothing else. An empty path: no file.
std::expected<IndexedAtlas, Faults> load_indexed(const std::vector<LayerSource>& sources,
                                                 const BorderAccuracy& border_accuracy_m,
                                                 const std::filesystem::path& file, std::string_view key);

}  // namespace kordon::geo
