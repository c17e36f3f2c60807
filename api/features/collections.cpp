#include "api/features/collections.hpp"

#include <algorithm>
#include <array>

#include "api/features/collection.hpp"
#include "api/http/links.hpp"
#include "api/http/problem.hpp"

namespace kordon::api::features {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view geojson = "application/geo+json";
constexpr std::string_view openapi_type = "application/vnd.oai.openapi+json;version=3.1";
constexpr std::string_view openapi_30_type = "application/vnd.oai.openapi+json;version=3.0";
constexpr std::string_view crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr std::array conformance{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                                 "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
                                 "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
                                 "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt"};
constexpr std::array collections{regions_collection, borders_collection, zones_collection};

constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Kordon</title>
<h1>Kordon</h1>
<p>Where a coordinate stands against borders and against the zones that a published policy draws along them.</p>
<ul>
<li><a href="docs">The interface</a>, also as <a href="openapi.json">OpenAPI</a></li>
<li><a href="v1/policies">Policies</a></li>
<li><a href="collections">Collections</a> (OGC API Features)</li>
</ul>
</html>
)";

/// These endpoints have no parameters.
http::Response json_unless_asked(const http::Call& call, std::string json) {
  auto refused = http::parameters_refused(call.query);
  return refused ? std::move(*refused) : http::Response{.body = std::move(json)};
}

void write_spatial_extent(text::JsonWriter& out, const cartography::Box& box) {
  out.key("spatial").begin_object().key("bbox").begin_array().begin_array();
  out.number(box.west_deg).number(box.south_deg).number(box.east_deg).number(box.north_deg);
  out.end_array().end_array().key("crs").text(crs84).end_object();
}

/// From the first rule's begin to the last one's end; a rule without one makes it open.
policy::Interval time_of_rules(const world::World& world) {
  std::optional<policy::Interval> all;
  for (const auto& policy : world.policies) {
    for (const auto& rule : policy.rules) {
      const auto& [from, until] = rule.in_force;
      if (!all) all = rule.in_force;
      all->from = from && all->from ? std::optional(std::min(*from, *all->from)) : std::nullopt;
      all->until = until && all->until ? std::optional(std::max(*until, *all->until)) : std::nullopt;
    }
  }
  return all.value_or(policy::Interval{});
}

void write_temporal_extent(text::JsonWriter& out, const policy::Interval& interval) {
  const auto write = [&](const auto& instant) { instant ? out.text(policy::to_text(*instant)) : out.null(); };
  out.key("temporal").begin_object().key("interval").begin_array().begin_array();
  write(interval.from);
  write(interval.until);
  out.end_array().end_array().end_object();
}

void write_collection(text::JsonWriter& out, const http::Call& call, const Collection& collection) {
  const bool zones = collection.id == zones_collection.id;
  const auto url = http::base_url(call) + "/collections/" + std::string(collection.id);
  out.begin_object().key("id").text(collection.id).key("title").text(collection.title);
  out.key("description").text(collection.description).key("extent").begin_object();
  write_spatial_extent(out, zones ? cartography::Box{-180, -90, 180, 90} : call.world.maps.extent());
  if (zones) write_temporal_extent(out, time_of_rules(call.world));
  out.end_object().key("itemType").text("feature").key("crs").begin_array().text(crs84).end_array();
  out.key("links").begin_array();
  http::write_link(out, {"self", json_type, collection.title, url});
  http::write_link(out, {"items", geojson, collection.title, url + "/items"});
  http::write_link(out, {"http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", json_type, collection.title,
                         url + "/tiles/WebMercatorQuad"});
  out.end_array().end_object();
}

http::Response get_collection(const http::Call& call, const Collection& collection) {
  std::string json;
  text::JsonWriter out(json);
  write_collection(out, call, collection);
  return json_unless_asked(call, std::move(json));
}

}  // namespace

http::Response get_landing(const http::Call& call) {
  if (call.media_type == "text/html") return {.content_type = "text/html; charset=utf-8", .body = std::string(page)};
  const auto base = http::base_url(call);
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("title").text("Kordon");
  out.key("description").text("Where a coordinate stands against borders and the zones that a policy draws along them");
  out.key("links").begin_array();
  http::write_link(out, {"self", json_type, "This document", base + "/"});
  http::write_link(out, {"alternate", "text/html", "The map", base + "/"});
  http::write_link(out, {"service-desc", openapi_type, "The interface", base + "/openapi.json"});
  http::write_link(out, {"service-desc", openapi_30_type, "The interface for clients that know OpenAPI 3.0 alone",
                         base + "/openapi-3.0.json"});
  http::write_link(out, {"service-doc", "text/html", "The interface, for people", base + "/docs"});
  http::write_link(out, {"conformance", json_type, "What this service conforms to", base + "/conformance"});
  http::write_link(out, {"data", json_type, "Collections", base + "/collections"});
  out.end_array().end_object();
  return json_unless_asked(call, std::move(json));
}

http::Response get_conformance(const http::Call& call) {
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("conformsTo").begin_array();
  for (const auto* uri : conformance) out.text(uri);
  out.end_array().end_object();
  return json_unless_asked(call, std::move(json));
}

http::Response get_collections(const http::Call& call) {
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("links").begin_array();
  http::write_link(out, {"self", json_type, "Collections", http::base_url(call) + "/collections"});
  out.end_array().key("collections").begin_array();
  for (const auto& collection : collections) write_collection(out, call, collection);
  out.end_array().end_object();
  return json_unless_asked(call, std::move(json));
}

http::Response get_regions_collection(const http::Call& call) { return get_collection(call, regions_collection); }
http::Response get_borders_collection(const http::Call& call) { return get_collection(call, borders_collection); }
http::Response get_zones_collection(const http::Call& call) { return get_collection(call, zones_collection); }

}  // namespace kordon::api::features
