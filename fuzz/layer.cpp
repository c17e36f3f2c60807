// A layer file. The first byte chooses GeoJSON, or a Shapefile whose .shp, .shx and .dbf follow with their lengths as
// two bytes each. An atlas that is loaded without a fault must stand being indexed and asked.
#include <unistd.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "fuzz/check.hpp"
#include "geo/atlas/load_atlas.hpp"
#include "geo/index.hpp"

using namespace kordon;

namespace {

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// Cuts a part with its length in front off the bytes.
std::string_view take(std::string_view& bytes) {
  if (bytes.size() < 2) return {};
  const auto low = static_cast<unsigned char>(bytes[0]);
  const auto high = static_cast<unsigned char>(bytes[1]);
  const auto part = bytes.substr(2, low + 256U * high);
  bytes.remove_prefix(2 + part.size());
  return part;
}

std::filesystem::path write_layer(const std::filesystem::path& folder, bool shapefile, std::string_view bytes) {
  if (!shapefile) {
    write(folder / "layer.geojson", bytes);
    return folder / "layer.geojson";
  }
  for (const auto* ending : {"shp", "shx", "dbf"}) write(folder / "layer" += std::string(".") + ending, take(bytes));
  write(folder / "layer.prj",
        R"(GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],)"
        R"(PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]])");
  return folder / "layer.shp";
}

void ask(const geo::Atlas& atlas) {
  const geo::Index index(atlas);
  for (geo::Target target = 0; target < atlas.target_count(); ++target) {
    geo::Standing standing;
    index.locate(geo::Position::checked({37, 51}).value(), std::span(&target, 1), std::span(&standing, 1));
    fuzz::check(!std::isnan(standing.distance_m) && standing.distance_m >= 0);
  }
}

}  // namespace

/// GDAL's reader of KML keeps expat's parser when the text ends early.
// NOLINTNEXTLINE(*-reserved-identifier): LSan's name
extern "C" const char* __lsan_default_suppressions() { return "leak:libexpat"; }

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto folder = std::filesystem::temp_directory_path() / ("kordon-fuzz-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  geo::LayerSource source;
  source.id = "fuzz";
  source.file = write_layer(folder, data[0] % 2 == 1, fuzz::text_of(data + 1, size - 1)).string();
  const auto loaded = geo::load_atlas({source}, {});
  std::filesystem::remove_all(folder);
  if (loaded) ask(loaded->atlas);
  return 0;
}
