#include "api/web.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "api/http/problem.hpp"
#include "text/json_writer.hpp"

namespace kordon::api {
namespace {

/// The page asks this service and the basemap's hosts, nobody else.
std::string content_security_policy(const world::World& world, std::string_view frame_ancestors) {
  const auto& basemap = world.config.web.basemap;
  const auto hosts = basemap ? fmt::format(" {}", fmt::join(basemap->origins, " ")) : std::string();
  return fmt::format(
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: "
      "blob:{0}; "
      "connect-src 'self'{0}; font-src 'self'{0}; base-uri 'none'; form-action 'none'; frame-ancestors {1}",
      hosts, frame_ancestors);
}

http::Response no_file() { return http::problem({{"path", evaluation::Code::not_found, "the map has no such file"}}); }

http::Response file_response(const http::Call& call, std::string_view path) {
  const auto* const file = call.world.web.find(path);
  if (!file) return no_file();
  const bool gzip = call.request.accepts_gzip && !file->gzip.empty();
  http::Response response{.content_type = std::string(file->content_type), .body = gzip ? file->gzip : file->bytes};
  response.gzip = gzip;
  return response;
}

http::Response page_response(const http::Call& call, std::string_view path, std::string_view frame_ancestors) {
  auto response = file_response(call, path);
  if (response.status != 200) return response;
  response.headers.emplace_back("Content-Security-Policy", content_security_policy(call.world, frame_ancestors));
  response.headers.emplace_back("Referrer-Policy", "strict-origin-when-cross-origin");
  return response;
}

http::Response settings(const http::Call& call) {
  http::Response response;
  text::JsonWriter out(response.body);
  out.begin_object().key("basemap");
  if (const auto& basemap = call.world.config.web.basemap) {
    out.begin_object().key("kind").text(basemap->kind == config::Basemap::Kind::raster ? "raster" : "style");
    out.key("url").text(basemap->url).key("attribution").text(basemap->attribution).end_object();
  } else {
    out.null();
  }
  out.key("embed").begin_object().key("origins").begin_array();
  for (const auto& origin : call.world.config.web.embed_origins) out.text(origin);
  out.end_array().end_object().end_object();
  return response;
}

}  // namespace

http::Response get_map(const http::Call& call) { return page_response(call, "index.html", "'self'"); }

http::Response get_embed(const http::Call& call) {
  const auto& origins = call.world.config.web.embed_origins;
  if (std::ranges::find(origins, "*") != origins.end()) return page_response(call, "embed.html", "*");
  std::string ancestors = "'self'";
  for (const auto& origin : origins) (ancestors += ' ') += origin;
  return page_response(call, "embed.html", ancestors);
}

/// Queries are let through: MapLibre asks for its worker with its version.
http::Response get_web_file(const http::Call& call) {
  return call.id == "settings.json" ? settings(call) : file_response(call, call.id);
}

}  // namespace kordon::api
