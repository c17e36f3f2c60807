#include "config/web.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kordon::config {
namespace {

namespace fs = std::filesystem;

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

/// As in `frame-ancestors`: a scheme, a host and perhaps a port, nothing that could end the directive.
std::vector<std::string> read_embed(const Node& node) {
  std::vector<std::string> origins;
  const auto members = node.members({"origins"});
  for (const auto& item : members.items("origins")) {
    auto text = item.text();
    if (!text) continue;
    if (*text != "*" && (origin_of(*text) != *text || text->contains(' '))) {
      item.fault(fmt::format("is '{}', expected an origin as https://news.example, or *", *text));
    }
    origins.push_back(std::move(*text));
  }
  return origins;
}

}  // namespace

WebConfig read_web_config(const std::optional<Node>& node, const fs::path& named_in) {
  WebConfig web;
  if (!node) return {.directory = beside_program(), .basemap = {}};
  const auto members = node->members({}, {"directory", "basemap", "embed"});
  const auto name = members.text("directory");
  web.directory = name.empty() ? beside_program() : (named_in.parent_path() / name).lexically_normal();
  std::error_code ignored;
  if (!name.empty() && !fs::is_regular_file(web.directory / "index.html", ignored)) {
    members.find("directory")->fault(fmt::format("'{}' holds no index.html", web.directory.string()));
  }
  if (const auto embed = members.find("embed")) web.embed_origins = read_embed(*embed);
  if (const auto basemap = members.find("basemap")) web.basemap = read_basemap(*basemap);
  return web;
}

}  // namespace kordon::config
