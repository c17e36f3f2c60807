#include "geo/atlas/open_dataset.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <vector>

#include "geo/atlas/drivers.hpp"
#include "geo/atlas/mapinfo_text.hpp"
#include "geo/atlas/network.hpp"
#include "geo/atlas/sql_schema.hpp"
#include "text/ascii.hpp"

namespace kordon::geo {
namespace {

namespace fs = std::filesystem;

using Fault = std::optional<std::string>;

/// A .tab lists columns and metadata in text; its rows are in other files.
constexpr std::size_t most_tab_bytes = 1U << 20U;

/// Each is looked up in the archive's list, from its beginning.
constexpr std::size_t most_members = 10'000;

/// What reaches other files: SQL functions and tables, GDAL's own and SpatiaLite's, and parsers of XML. Set whatever
/// the environment says.
constexpr std::array options{
    std::pair("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO"),
    std::pair("SPATIALITE_LOAD", "NO"),
    std::pair("OGR_SQLITE_LOAD_EXTENSIONS", ""),
    std::pair("SPATIALITE_SECURITY", ""),
    std::pair("GML_DOWNLOAD_SCHEMA", "NO"),
    std::pair("GML_SKIP_RESOLVE_ELEMS", "ALL"),
    std::pair("LIBKML_RESOLVE_STYLE", "NO"),
    std::pair("ALLOW_OGR_SQL_FUNCTIONS_FROM_TRIGGER_AND_VIEW", "NO"),
    std::pair("GML_PARSER", "EXPAT"),  // the other one, Xerces, reads what external entities name
};

/// Each statement of a database's schema, of which its list of tables is `master`; nothing: it cannot be read.
std::optional<std::vector<std::string>> schema_of(GDALDataset& dataset, const std::string& master) {
  const auto query = "SELECT sql FROM " + master + " WHERE sql IS NOT NULL";
  auto* const rows = dataset.ExecuteSQL(query.c_str(), nullptr, nullptr);
  if (rows == nullptr) return {};
  std::vector<std::string> schema;
  for (const auto& row : *rows) schema.emplace_back(row->GetFieldAsString(0));
  dataset.ReleaseResultSet(rows);
  return schema;
}

/// The schema of a database that nobody has opened yet: as GDAL opens one it reads what may be views. Nothing: it is
/// none, or its folder cannot be written to, as SQLite wants it for some.
std::optional<std::vector<std::string>> schema_of_file(const std::string& file) {
  const std::array<const char*, 2> sqlite{"SQLite", nullptr};
  CPLPushErrorHandler(CPLQuietErrorHandler);
  std::optional<std::vector<std::string>> schema;
  const Dataset memory(
      GDALDataset::Open(":memory:", GDAL_OF_VECTOR | GDAL_OF_READONLY, sqlite.data(), nullptr, nullptr));
  const std::unique_ptr<char, decltype(&VSIFree)> name(CPLEscapeString(fs::absolute(file).c_str(), -1, CPLES_SQL),
                                                       &VSIFree);
  if (memory) {
    memory->ExecuteSQL(fmt::format("ATTACH DATABASE '{}' AS stranger", name.get()).c_str(), nullptr, nullptr);
    schema = schema_of(*memory, "stranger.sqlite_master");
  }
  CPLPopErrorHandler();
  CPLErrorReset();
  return schema;
}

Fault fault_of_schema(const std::vector<std::string>& schema) {
  for (const auto& sql : schema) {
    if (auto fault = fault_of_statement(sql)) return fault;
  }
  return {};
}

/// A .tab that shows tables of other files instead of its own .dat.
Fault view_in(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(most_tab_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > most_tab_bytes)
    return fmt::format("has more than {} MB, too many for a .tab", most_tab_bytes >> 20U);
  text = text::lowered(text);
  const bool others = text.contains("create view") || text.contains("isseamless") || text.contains("open table");
  return others ? Fault("shows the tables of other files; name one of them") : std::nullopt;
}

struct CloseDirectory {
  void operator()(VSIDIR* directory) const { VSICloseDir(directory); }
};
struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

/// What a member comes to, counted while it is unpacked: an archive's own list may lie. Not above `most`.
std::uint64_t unpacked_bytes(const std::string& member, std::uint64_t most) {
  const std::unique_ptr<VSILFILE, CloseFile> file(VSIFOpenL(member.c_str(), "rb"));
  std::array<char, 1U << 16U> piece;
  std::uint64_t bytes = 0;
  while (file && bytes <= most) {
    const auto count = VSIFReadL(piece.data(), 1, piece.size(), file.get());
    bytes += count;
    if (count == 0) break;
  }
  return bytes;
}

Fault size_of_archive(const std::string& file) {
  const auto folder = "/vsizip/{" + file + "}";
  const std::unique_ptr<VSIDIR, CloseDirectory> directory(VSIOpenDir(folder.c_str(), -1, nullptr));
  std::uint64_t bytes = 0;
  std::size_t members = 0;
  while (directory && bytes <= most_unpacked_bytes) {
    const auto* const entry = VSIGetNextDirEntry(directory.get());
    if (entry == nullptr) return {};
    if (++members > most_members) {
      return fmt::format("has more than {} members; unpack it and name the file in it", most_members);
    }
    if (VSI_ISDIR(entry->nMode)) continue;
    bytes += unpacked_bytes(folder + "/" + entry->pszName, most_unpacked_bytes - bytes);
  }
  if (!directory) return {};
  return fmt::format("comes to more than {} MB when it is unpacked; unpack it and name the file in it",
                     most_unpacked_bytes >> 20U);
}

Fault fault_of_content(const std::string& file) {
  const auto* const format = file_format_of(file);
  if (format == nullptr) return {};
  constexpr std::array archives{"kmz", "xlsx", "xlsm", "ods", "shz", "shp.zip", "gdb.zip"};
  if (std::ranges::count(archives, format->ending) > 0) return size_of_archive(file);
  if (std::string_view(format->ending) == "mif") return damage_in_mif(file);
  return format->ending == "tab" ? view_in(file) : std::nullopt;
}

}  // namespace

void CloseDataset::operator()(GDALDataset* dataset) const { GDALClose(dataset); }

void register_drivers() {
  static std::once_flag registered;
  std::call_once(registered, [] {
    for (const auto& [name, value] : options) CPLSetConfigOption(name, value);
    GDALAllRegister();
  });
}

namespace {

Fault fault_of_names(const std::vector<std::string>& drivers) {
  for (const auto& name : drivers) {
    auto* const driver = GDALDriver::FromHandle(GDALGetDriverByName(name.c_str()));
    if (driver != nullptr && driver->GetMetadataItem(GDAL_DCAP_VECTOR) != nullptr) continue;
    return fmt::format(
        "cannot be opened: data.drivers of kordon.json names `{}`, which is no vector driver of GDAL {}; "
        "write a name of `ogrinfo --formats`, such as OGR_VRT or PostgreSQL",
        name, GDALVersionInfo("RELEASE_NAME"));
  }
  return {};
}

}  // namespace

std::expected<Dataset, std::string> open_dataset(const std::string& file, const DataRules& rules) {
  std::error_code error;
  if (!fs::exists(file, error)) return std::unexpected("no such file");
  auto drivers = drivers_of(file, rules.drivers);
  if (drivers.empty() && fs::is_directory(file, error)) drivers = {"ESRI Shapefile"};
  if (drivers.empty()) {
    return std::unexpected("is not a vector file by its ending; read are " + known_endings() +
                           ". Convert it, or name its GDAL driver under data.drivers of kordon.json");
  }
  register_drivers();
  allow_network(rules.network);
  if (const auto fault = fault_of_names(rules.drivers)) return std::unexpected(*fault);
  if (const auto fault = fault_of_content(file)) return std::unexpected(*fault);
  const bool guarded = rules.drivers.empty() && (drivers.front() == "GPKG" || drivers.front() == "SQLite");
  const auto schema = guarded ? schema_of_file(file) : std::nullopt;
  if (schema) {
    if (const auto fault = fault_of_schema(*schema)) return std::unexpected(*fault);
  }
  CPLStringList allowed;
  for (const auto& driver : drivers) allowed.AddString(driver.c_str());
  Dataset dataset(GDALDataset::Open(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, allowed.List()));
  if (!dataset)
    return std::unexpected(fmt::format("is not a vector file that GDAL can read as {}", fmt::join(drivers, " or ")));
  if (guarded && !schema) {
    const auto late = schema_of(*dataset, "sqlite_master");
    if (!late) return std::unexpected("its list of tables cannot be read");
    if (const auto fault = fault_of_schema(*late)) return std::unexpected(*fault);
  }
  return dataset;
}

}  // namespace kordon::geo
