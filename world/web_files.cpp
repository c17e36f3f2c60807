#include "world/web_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "config/sha256.hpp"

namespace kordon::world {
namespace {

namespace fs = std::filesystem;

struct Type {
  std::string_view extension;
  std::string_view content_type;
};

constexpr std::array types{
    Type{".html", "text/html; charset=utf-8"},
    Type{".css", "text/css; charset=utf-8"},
    Type{".js", "text/javascript; charset=utf-8"},
    Type{".mjs", "text/javascript; charset=utf-8"},
    Type{".json", "application/json"},
    Type{".svg", "image/svg+xml"},
    Type{".txt", "text/plain; charset=utf-8"},
};

std::string bytes_of(const fs::path& file, Faults& faults) {
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) faults.push_back({file.string(), "cannot be read"});
  return bytes;
}

WebFile read_file(const fs::path& file, std::string path, std::string_view content_type, Faults& faults) {
  const fs::path compressed = file.string() + ".gz";
  std::error_code ignored;
  return {std::move(path), content_type, bytes_of(file, faults),
          fs::exists(compressed, ignored) ? bytes_of(compressed, faults) : std::string()};
}

std::string version_of(const std::vector<WebFile>& files, const config::WebConfig& config) {
  config::Sha256 hash;
  for (const auto& file : files) {
    hash.add(fmt::format("{} {}\n", file.path, file.bytes.size()));
    hash.add(file.bytes);
  }
  for (const auto& origin : config.embed_origins) hash.add(fmt::format("embed {}\n", origin));
  const auto& basemap = config.basemap;
  if (basemap) hash.add(fmt::format("{} {} {}", static_cast<int>(basemap->kind), basemap->url, basemap->attribution));
  return hash.hex();
}

}  // namespace

const WebFile* Web::find(std::string_view path) const {
  const auto found = std::ranges::lower_bound(files, path, {}, &WebFile::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

Web read_web(const config::WebConfig& config, Faults& faults) {
  Web web;
  if (config.directory.empty()) return web;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(config.directory, error)) {
    const auto type = std::ranges::find(types, entry.path().extension().string(), &Type::extension);
    if (type == types.end() || !entry.is_regular_file()) continue;
    auto path = entry.path().lexically_relative(config.directory).generic_string();
    web.files.push_back(read_file(entry.path(), std::move(path), type->content_type, faults));
  }
  if (error) faults.push_back({config.directory.string(), error.message()});
  std::ranges::sort(web.files, {}, &WebFile::path);
  web.version = version_of(web.files, config);
  return web;
}

}  // namespace kordon::world
