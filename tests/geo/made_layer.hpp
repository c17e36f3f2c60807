#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/atlas/load_atlas.hpp"

/// A directory of its own, gone when the test is over.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

struct DrawnFeature {
  std::optional<std::string> id;   ///< nothing: NULL
  std::optional<std::string> wkt;  ///< in longitude and latitude; nothing: NULL
};

struct Format {
  std::string driver = "ESRI Shapefile";
  std::string crs = "EPSG:4326";  ///< what the drawing is transformed to; empty: the file does not say
  std::string id_field = "id";
};

/// Writes what is drawn with GDAL. Throws where GDAL refuses.
void write_layer(const std::string& file, const std::vector<DrawnFeature>& features, const Format& format = {});

void write_text(const std::string& file, std::string_view text);

/// Takes bytes away from the end.
void cut_short(const std::string& file, std::uintmax_t bytes);

/// Writes over bytes in the middle.
void overwrite(const std::string& file, std::streamoff at, std::string_view bytes);

/// The source of a file as the configuration would name it: its id is the file's stem.
kordon::geo::LayerSource source_of(const std::string& file);

/// `file: message` of every fault of loading these layers, one a line; empty: none.
std::string faults_of(const std::vector<kordon::geo::LayerSource>& sources,
                      const kordon::geo::BorderAccuracy& border_accuracy_m = {});
