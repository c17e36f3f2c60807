#include "geo/atlas/shapefile.hpp"

#include <fmt/format.h>

#include <array>
#include <bit>
#include <filesystem>
#include <fstream>
#include <optional>

#include "geo/atlas/shapefile_records.hpp"

namespace kordon::geo {
namespace {

namespace fs = std::filesystem;

/// Lengths, offsets and byte orders: ESRI Shapefile Technical Description (1998), and dBASE III for the .dbf.
constexpr std::uint64_t header_bytes = 100;
constexpr std::uint64_t index_record_bytes = 8;
using Header = std::array<unsigned char, 28>;

std::optional<Header> read_header(const fs::path& path) {
  std::array<char, std::tuple_size_v<Header>> bytes{};
  std::ifstream in(path, std::ios::binary);
  in.read(bytes.data(), bytes.size());
  if (!in) return std::nullopt;
  return std::bit_cast<Header>(bytes);
}

/// Of a .shp or .shx: stated in words of 16 bits, big-endian.
std::uint64_t stated_bytes(const Header& header) {
  return 2 * ((std::uint64_t{header[24]} << 24U) | (std::uint64_t{header[25]} << 16U) |
              (std::uint64_t{header[26]} << 8U) | std::uint64_t{header[27]});
}

/// Of a .dbf, little-endian.
std::uint64_t stated_rows(const Header& header) {
  return (std::uint64_t{header[7]} << 24U) | (std::uint64_t{header[6]} << 16U) | (std::uint64_t{header[5]} << 8U) |
         std::uint64_t{header[4]};
}

std::optional<Header> read_sibling(fs::path path, const char* lower, const char* upper) {
  if (const auto header = read_header(path.replace_extension(lower))) return header;
  return read_header(path.replace_extension(upper));
}

}  // namespace

void check_shapefile(const std::string& file, Faults& faults) {
  const fs::path path(file);
  if (path.extension() != ".shp" && path.extension() != ".SHP") return;
  const auto shapes = read_header(path);
  if (!shapes) {
    faults.push_back({file, fmt::format("cut short: a Shapefile has a header of {} bytes", header_bytes)});
    return;
  }
  const auto stated = stated_bytes(*shapes);
  const auto size = fs::file_size(path);
  if (size != stated) {
    faults.push_back(
        {file, fmt::format("cut short or damaged: its header says {} bytes, the file has {}", stated, size)});
  }
  if (size == stated) {
    if (const auto damage = damage_in_records(path)) {
      faults.push_back({file, *damage + ": the file is damaged; fetch or make it again"});
    }
  }
  const auto index = read_sibling(path, ".shx", ".SHX");
  const auto table = read_sibling(path, ".dbf", ".DBF");
  if (!index) {
    faults.push_back(
        {file, fmt::format("has no .shx beside it; make it anew: ogrinfo --config SHAPE_RESTORE_SHX YES {}",
                           path.filename().string())});
  }
  if (!table) faults.push_back({file, "has no .dbf beside it, which holds the ids; fetch all files of the Shapefile"});
  if (!index || !table) return;
  const auto indexed = (stated_bytes(*index) - header_bytes) / index_record_bytes;
  if (indexed != stated_rows(*table)) {
    faults.push_back({file, fmt::format("its .shx has {} features and its .dbf {}: they do not belong together",
                                        indexed, stated_rows(*table))});
  }
}

}  // namespace kordon::geo
