#include <cpl_conv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string_view>

#include "geo/atlas/open_layer.hpp"
#include "geo/atlas/read_layer.hpp"
#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

namespace fs = std::filesystem;

/// Formats that keep all that they hold in one file, which need not be opened to know it.
bool is_whole(const fs::path& file) {
  static const std::set<std::string, std::less<>> endings{".json", ".geojson", ".topojson", ".geojsonl", ".geojsons",
                                                          ".fgb",  ".kml",     ".kmz",      ".parquet",  ".shz"};
  return endings.contains(text::lowered(file.extension().native()));
}

void add_folder(const fs::path& folder, std::set<std::string>& files) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.insert(entry.path());
  }
}

/// Files of the same stem that belong to a Shapefile or a MapInfo table, whatever their case: GDAL reads `L.DBF` beside
/// `L.SHP`, and on some systems lists it by another name.
void add_siblings(const fs::path& file, std::set<std::string>& files) {
  static const std::set<std::string, std::less<>> endings{".shp", ".shx", ".dbf", ".prj", ".cpg", ".tab",
                                                          ".map", ".dat", ".id",  ".ind", ".mif", ".mid",
                                                          ".xsd", ".gfs", ".qpj", ".csvt"};
  const auto stem = text::lowered(file.stem().native());
  const auto folder = file.parent_path().empty() ? fs::path(".") : file.parent_path();
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto& path = entry.path();
    if (text::lowered(path.stem().native()) != stem || !endings.contains(text::lowered(path.extension().native())))
      continue;
    files.insert(file.parent_path().empty() ? path.filename() : path);
  }
}

/// What GDAL says belongs to the data set; of a database also what is not yet written into it.
void add_listed(const std::string& file, const DataRules& rules, std::set<std::string>& files) {
  CPLPushErrorHandler(CPLQuietErrorHandler);
  if (const auto dataset = open_dataset(file, rules)) {
    for (auto* layer : (*dataset)->GetLayers()) layer->GetLayerDefn();  // a virtual one knows its source from then on
    char** const list = (*dataset)->GetFileList();
    for (char** name = list; name != nullptr && *name != nullptr; ++name) {
      if (fs::is_directory(*name)) {
        add_folder(*name, files);
      } else if (fs::exists(*name)) {
        files.insert(*name);
        add_siblings(*name, files);  // of a source of a virtual data set GDAL may list the first file alone
      }
    }
    CSLDestroy(list);
  }
  CPLPopErrorHandler();
  for (const auto* suffix : {"-wal", "-journal"}) {
    if (fs::exists(file + suffix)) files.insert(file + suffix);
  }
}

}  // namespace

std::vector<std::string> files_of(const LayerSource& source) {
  std::set<std::string> files;
  auto all = source.more_files;
  all.push_back(source.file);
  for (const auto& file : all) {
    if (file.empty()) continue;  // a layer that is made of others
    if (fs::is_directory(file)) {
      add_folder(file, files);
      continue;
    }
    files.insert(file);
    if (is_whole(file)) continue;
    add_siblings(file, files);
    add_listed(file, source.rules, files);
  }
  return {files.begin(), files.end()};
}

}  // namespace kordon::geo
