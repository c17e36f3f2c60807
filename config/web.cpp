#include "config/web.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "config/sha256.hpp"

namespace kordon::config {
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

fs::path beside_program() {
  std::error_code ignored;
  const auto folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const auto* name : {"web", "../share/kordon/web"}) {
    auto found = (folder / name).lexically_normal();
    if (fs::is_regular_file(found / "index.html", ignored)) return found;
  }
  return {};
}

/// `https://tiles.example/{z}/{x}/{y}.png` is of `https://tiles.example`; empty if it is of no origin.
std::string origin_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (!url.starts_with("https://") && !url.starts_with("http://")) return {};
  const auto origin = url.substr(0, url.find_first_of("/?#", scheme + 3));
  const bool plain = std::ranges::all_of(origin, [](char c) { return c > ' ' && c <= '~' && c != ';' && c != ','; });
  return plain && origin.size() > scheme + 3 ? std::string(origin) : std::string();
}

void add_origin(const Node& node, std::string_view url, Basemap& basemap) {
  auto origin = origin_of(url);
  if (origin.empty()) node.fault(fmt::format("is '{}', expected a URL as https://tiles.example/", url));
  basemap.origins.push_back(std::move(origin));
}

Basemap read_basemap(const Node& node) {
  const auto members = node.members({"kind", "url", "attribution"}, {"origins"});
  Basemap basemap;
  const auto kind = members.text("kind");
  if (kind == "style") basemap.kind = Basemap::Kind::style;
  if (kind != "style" && kind != "raster" && !kind.empty()) {
    members.find("kind")->fault(fmt::format("is '{}', expected raster or style", kind));
  }
  basemap.url = members.text("url");
  basemap.attribution = members.text("attribution");
  if (!basemap.url.empty()) add_origin(*members.find("url"), basemap.url, basemap);
  for (const auto& item : members.items("origins")) {
    if (const auto text = item.text()) add_origin(item, *text, basemap);
  }
  return basemap;
}

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

std::string version_of(const std::vector<WebFile>& files, const std::optional<Basemap>& basemap) {
  Sha256 hash;
  for (const auto& file : files) {
    hash.add(fmt::format("{} {}\n", file.path, file.bytes.size()));
    hash.add(file.bytes);
  }
  if (basemap) hash.add(fmt::format("{} {} {}", static_cast<int>(basemap->kind), basemap->url, basemap->attribution));
  return hash.hex();
}

}  // namespace

const WebFile* Web::find(std::string_view path) const {
  const auto found = std::ranges::lower_bound(files, path, {}, &WebFile::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

WebConfig read_web_config(const std::optional<Node>& node, const fs::path& named_in) {
  WebConfig web;
  if (!node) return {beside_program(), {}};
  const auto members = node->members({}, {"directory", "basemap"});
  const auto name = members.text("directory");
  web.directory = name.empty() ? beside_program() : (named_in.parent_path() / name).lexically_normal();
  std::error_code ignored;
  if (!name.empty() && !fs::is_regular_file(web.directory / "index.html", ignored)) {
    members.find("directory")->fault(fmt::format("'{}' holds no index.html", web.directory.string()));
  }
  if (const auto basemap = members.find("basemap")) web.basemap = read_basemap(*basemap);
  return web;
}

Web read_web(const WebConfig& config, Faults& faults) {
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
  web.version = version_of(web.files, config.basemap);
  return web;
}

}  // namespace kordon::config
