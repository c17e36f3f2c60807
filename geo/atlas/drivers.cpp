#include "geo/atlas/drivers.hpp"

#include <algorithm>
#include <array>

#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

using Names = std::string_view;

constexpr std::array shapefile{Names("ESRI Shapefile")};
constexpr std::array json{Names("GeoJSON"), Names("TopoJSON"), Names("ESRIJSON")};
constexpr std::array geojson{Names("GeoJSON")};
constexpr std::array topojson{Names("TopoJSON")};
constexpr std::array geojson_lines{Names("GeoJSONSeq")};
constexpr std::array geopackage{Names("GPKG")};
constexpr std::array sqlite{Names("SQLite")};
constexpr std::array flatgeobuf{Names("FlatGeobuf")};
constexpr std::array csv{Names("CSV")};
constexpr std::array gml{Names("GML")};
constexpr std::array gpx{Names("GPX")};
constexpr std::array kml{Names("LIBKML"), Names("KML")};
constexpr std::array kmz{Names("LIBKML")};
constexpr std::array mapinfo{Names("MapInfo File")};
constexpr std::array geodatabase{Names("OpenFileGDB")};
constexpr std::array excel{Names("XLSX")};
constexpr std::array open_document{Names("ODS")};
constexpr std::array parquet{Names("Parquet")};
constexpr std::array arrow{Names("Arrow")};
constexpr std::array dxf{Names("DXF")};

constexpr std::array formats{
    FileFormat{"shp", shapefile},     FileFormat{"shz", shapefile},   FileFormat{"dbf", shapefile},
    FileFormat{"shp.zip", shapefile}, FileFormat{"json", json},       FileFormat{"geojson", geojson},
    FileFormat{"topojson", topojson}, FileFormat{"gpkg", geopackage}, FileFormat{"geojsonl", geojson_lines},
    FileFormat{"sqlite", sqlite},     FileFormat{"db", sqlite},       FileFormat{"geojsons", geojson_lines},
    FileFormat{"fgb", flatgeobuf},    FileFormat{"csv", csv},         FileFormat{"tsv", csv},
    FileFormat{"gml", gml},           FileFormat{"gpx", gpx},         FileFormat{"kml", kml},
    FileFormat{"kmz", kmz},           FileFormat{"tab", mapinfo},     FileFormat{"mif", mapinfo},
    FileFormat{"mid", mapinfo},       FileFormat{"gdb", geodatabase}, FileFormat{"gdb.zip", geodatabase},
    FileFormat{"xlsx", excel},        FileFormat{"xlsm", excel},      FileFormat{"ods", open_document},
    FileFormat{"parquet", parquet},   FileFormat{"arrow", arrow},     FileFormat{"feather", arrow},
    FileFormat{"dxf", dxf},
};

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() > ending.size() && text[text.size() - ending.size() - 1] == '.' &&
         text::equal_in_any_case(text.substr(text.size() - ending.size()), ending);
}

}  // namespace

const FileFormat* file_format_of(std::string_view file) {
  while (file.ends_with('/')) file.remove_suffix(1);  // of a folder, as a file geodatabase is one
  const auto* const found =
      std::ranges::find_if(formats, [&](const auto& format) { return ends_with_ignoring_case(file, format.ending); });
  return found == formats.end() ? nullptr : found;
}

std::string known_endings() {
  std::string list;
  for (const auto& format : formats) (list += list.empty() ? "" : ", ") += format.ending;
  return list;
}

std::vector<std::string> drivers_of(std::string_view file, const std::vector<std::string>& added) {
  std::vector<std::string> drivers;
  if (const auto* format = file_format_of(file)) drivers.assign(format->drivers.begin(), format->drivers.end());
  drivers.insert(drivers.end(), added.begin(), added.end());
  return drivers;
}

}  // namespace kordon::geo
