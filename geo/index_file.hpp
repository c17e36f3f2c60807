#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/atlas/load_atlas.hpp"
#include "geo/index.hpp"

namespace kordon::geo {

/// An atlas with its index.
struct IndexedAtlas {
  Atlas atlas;
  Index index;
  Faults warnings;  ///< of `load_atlas`, and of the index file if it could not be used or written
  /// XXH3 of all that answers go by: the index, and the atlas' lines with the names of what they bound. The same on
  /// every machine, whether it was read from a file or made.
  std::uint64_t content = 0;
};

/// `load_atlas` and its index, kept in a file so that the next start is fast and processes share one copy.
///
/// The file must be the system administrator's or this user's own, and none but them may write to it. It is mapped
/// where this process could not write to it, else copied. It states its format's version, the machine's order of bytes,
/// a checksum of all that follows (XXH3) and `key`, which must name everything that the atlas is made from. One that is
/// missing, stale or damaged (all that a query goes by is checked, once) is made anew, under another name first, and
/// the last two say so in `warnings`; so does a file that cannot be written, which harms nothing else. An empty path:
/// no file.
std::expected<IndexedAtlas, Faults> load_indexed(const std::vector<LayerSource>& sources,
                                                 const BorderAccuracy& border_accuracy_m,
                                                 const std::filesystem::path& file, std::string_view key,
                                                 const BeginLayer& begin_layer = {});

/// The atlas and index that `save_indexed` wrote to an open file, used in place; or why they cannot be. The same for
/// the file of `load_indexed`. `sources` say where the layers lie today.
std::expected<IndexedAtlas, std::string> open_indexed(int descriptor, const std::vector<LayerSource>& sources,
                                                      std::string_view key);

/// Opens the index file of this name. It must be the system administrator's or this user's own, and none but them may
/// write to it: its numbers are answers.
std::expected<IndexedAtlas, std::string> open_index_file(const std::filesystem::path& file,
                                                         const std::vector<LayerSource>& sources, std::string_view key);

/// Writes an index file to an open file, from its start; another process may open it with `open_indexed`. False where
/// that fails.
bool save_indexed(int descriptor, const IndexedAtlas& indexed, std::string_view key);

}  // namespace kordon::geo
