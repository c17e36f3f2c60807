#include "api/web.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/json_writer.hpp"
#include "api/problem.hpp"

namespace kordon::api {
namespace {

/// The page asks this service and the basemap's hosts, nobody else.
std::string content_security_policy(const config::World& world, std::string_view frame_ancestors) {
  const auto& basemap = world.config.web.basemap;
  const auto hosts = basemap ? fmt::format(" {}", fmt::join(basemap->origins, " ")) : std::string();
  return fmt::format(
      "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data: "
      "blob:{0}; "
      "connect-src 'self'{0}; font-src 'self'{0}; base-uri 'none'; form-action 'none'; frame-ancestors {1}",
      hosts, frame_ancestors);
}

Response no_file() { return problem({{"path", Code::not_found, "the map has no such file"}}); }

Response file_response(const Call& call, std::string_view path) {
  const auto* const file = call.world.web.find(path);
  if (!file) return no_file();
  const bool gzip = call.request.accepts_gzip && !file->gzip.empty();
  Response response{.content_type = std::string(file->content_type), .body = gzip ? file->gzip : file->bytes};
  response.gzip = gzip;
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return response;
}

Response page_response(const Call& call, std::string_view path, std::string_view frame_ancestors) {
  auto response = file_response(call, path);
  if (response.status != 200) return response;
  response.headers.emplace_back("Content-Security-Policy", content_security_policy(call.world, frame_ancestors));
  response.headers.emplace_back("Referrer-Policy", "strict-origin-when-cross-origin");
  return response;
}

Response settings(const Call& call) {
  Response response;
  JsonWriter out(response.body);
  out.begin_object().key("basemap");
  if (const auto& basemap = call.world.config.web.basemap) {
    out.begin_object().key("kind").text(basemap->kind == config::Basemap::Kind::raster ? "raster" : "style");
    out.key("url").text(basemap->url).key("attribution").text(basemap->attribution).end_object();
  } else {
    out.null();
  }
  out.end_object();
  return response;
}

}  // namespace

Response get_map(const Call& call) { return page_response(call, "index.html", "'self'"); }

Response get_embed(const Call& call) { return page_response(call, "embed.html", "*"); }

/// Queries are let through: MapLibre asks for its worker with its version.
Response get_web_file(const Call& call) {
  return call.id == "settings.json" ? settings(call) : file_response(call, call.id);
}

}  // namespace kordon::api
