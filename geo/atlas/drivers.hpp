#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::geo {

/// A file ending and the GDAL drivers that may read such a file, the one that writes it first. All of them keep their
/// data in the file itself and those beside it: none is virtual, reaches a database, a server or another program.
struct FileFormat {
  std::string_view ending;  ///< small letters, without its dot
  std::span<const std::string_view> drivers;
};

/// The format of a file by its name; null: none is known.
const FileFormat* file_format_of(std::string_view file);

/// All endings, for messages: `shp, gpkg, ...`.
std::string known_endings();

/// Drivers that may open a file of this name: by its ending, and those that the configuration adds.
std::vector<std::string> drivers_of(std::string_view file, const std::vector<std::string>& added);

}  // namespace kordon::geo
