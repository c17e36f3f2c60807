#include "api/features/items.hpp"

#include <algorithm>

#include "api/features/feature_source.hpp"
#include "api/features/items_request.hpp"
#include "api/http/links.hpp"
#include "api/http/problem.hpp"

namespace kordon::api::features {
namespace {

constexpr std::string_view geojson = "application/geo+json";
constexpr std::string_view offset_key = "max-allowable-offset";

std::string collection_url(const http::Call& call, const Collection& collection) {
  return http::base_url(call) + "/collections/" + std::string(collection.id);
}

/// A URL with the query as it was asked, except the offset.
std::string with_query(const http::Call& call, std::string url, std::size_t offset = 0) {
  char separator = '?';
  const auto add = [&](std::string_view key, std::string_view value) {
    url += separator + http::url_encoded(key) + '=' + http::url_encoded(value);
    separator = '&';
  };
  for (const auto& member : call.query) {
    if (member.key != "offset") add(member.key, std::get<evaluation::Untyped>(member.value).text);
  }
  if (offset > 0) add("offset", std::to_string(offset));
  return url;
}

std::string page_url(const http::Call& call, const Collection& collection, std::size_t offset) {
  return with_query(call, collection_url(call, collection) + "/items", offset);
}

/// The features asked for, whatever the page.
std::expected<std::vector<std::size_t>, evaluation::FieldErrors> matching(const FeatureSet& set,
                                                                          const ItemsRequest& request) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < set.count(); ++i) {
    if (request.period && !request.period->meets(set.in_force(i))) continue;
    if (!request.boxes.empty()) {
      const auto extent = set.extent(i);
      if (std::ranges::none_of(request.boxes, [&](const auto& box) { return extent.touches(box); })) continue;
      const auto geometry = set.geometry(i);
      if (!geometry) return std::unexpected(geometry.error());
      if (std::ranges::none_of(request.boxes, [&](const auto& box) { return touches(*geometry, box); })) continue;
    }
    found.push_back(i);
  }
  return found;
}

/// Writes a feature's members, the object left open. The geometry comes last: people read the top of a long text.
std::expected<void, evaluation::FieldErrors> write_feature(std::string& json, text::JsonWriter& out,
                                                           const FeatureSet& set, std::size_t i, double max_offset_deg,
                                                           std::span<const cartography::Box> clip = {}) {
  const auto geometry = set.geometry(i);
  if (!geometry) return std::unexpected(geometry.error());
  out.begin_object().key("type").text("Feature").key("id").text(set.id(i)).key("properties");
  set.write_properties(out, i);
  out.key("geometry");
  append_geometry(json, clip.empty() ? *geometry : clipped(*geometry, clip), coordinate_decimals(max_offset_deg));
  out.wrote_value();
  return {};
}

void write_page_links(text::JsonWriter& out, const http::Call& call, const Collection& collection,
                      const ItemsRequest& request, std::size_t matched) {
  out.key("links").begin_array();
  http::write_link(out, {"self", geojson, "This page", page_url(call, collection, request.offset)});
  if (request.offset + request.limit < matched) {
    http::write_link(out,
                     {"next", geojson, "The next page", page_url(call, collection, request.offset + request.limit)});
  }
  if (request.offset > 0) {
    const auto before = request.offset - std::min(request.offset, request.limit);
    http::write_link(out, {"prev", geojson, "The page before", page_url(call, collection, before)});
  }
  http::write_link(out, {"collection", "application/json", collection.title, collection_url(call, collection)});
  out.end_array();
}

std::expected<std::string, evaluation::FieldErrors> page(const http::Call& call, const FeatureSource& source,
                                                         const FeatureSet& set, const ItemsRequest& request) {
  const auto found = matching(set, request);
  if (!found) return std::unexpected(found.error());
  const auto begin = std::min(request.offset, found->size());
  const auto end = std::min(begin + request.limit, found->size());
  std::string json;
  text::JsonWriter out(json);
  out.begin_object().key("type").text("FeatureCollection");
  out.key("timeStamp").text(policy::to_text(call.request.received));
  out.key("numberMatched").integer(static_cast<std::int64_t>(found->size()));
  out.key("numberReturned").integer(static_cast<std::int64_t>(end - begin));
  write_page_links(out, call, source.collection, request, found->size());
  out.key("features").begin_array();
  for (auto i = begin; i < end; ++i) {
    if (const auto written = write_feature(json, out, set, (*found)[i], request.max_offset_deg, request.clip);
        !written) {
      return std::unexpected(written.error());
    }
    out.end_object();
  }
  out.end_array().end_object();
  return json;
}

http::Response geojson_response(const http::Call& call, std::expected<std::string, evaluation::FieldErrors> json) {
  if (!json) return http::problem(json.error());
  return {.content_type = std::string(call.media_type), .body = std::move(*json)};
}

http::Response get_many(const http::Call& call, const FeatureSource& source) {
  evaluation::Fields fields(call.query);
  std::vector<std::string_view> known{"bbox", "clip-box", "datetime", "limit", "offset", offset_key};
  known.insert(known.end(), source.own_keys.begin(), source.own_keys.end());
  refuse_unknown(call.query, known, fields);
  const auto request = read_items_request(fields);
  if (!fields.good()) return http::problem(fields.take_errors());
  const auto set = source.make(call.world, fields, request.max_offset_deg);
  if (!fields.good()) return http::problem(fields.take_errors());
  return geojson_response(call, page(call, source, *set, request));
}

std::expected<std::string, evaluation::FieldErrors> one(const http::Call& call, const FeatureSource& source,
                                                        const FeatureSet& set, std::size_t i, double max_offset_deg) {
  std::string json;
  text::JsonWriter out(json);
  if (const auto written = write_feature(json, out, set, i, max_offset_deg); !written) {
    return std::unexpected(written.error());
  }
  const auto url = collection_url(call, source.collection);
  out.key("links").begin_array();
  http::write_link(out,
                   {"self", geojson, "This feature", with_query(call, url + "/items/" + http::url_encoded(set.id(i)))});
  http::write_link(out, {"collection", "application/json", source.collection.title, url});
  out.end_array().end_object();
  return json;
}

http::Response get_one(const http::Call& call, const FeatureSource& source) {
  evaluation::Fields fields(call.query);
  std::vector<std::string_view> known{offset_key};
  known.insert(known.end(), source.own_keys.begin(), source.own_keys.end());
  refuse_unknown(call.query, known, fields);
  const double max_offset_deg = read_max_offset_deg(fields);
  if (!fields.good()) return http::problem(fields.take_errors());
  const auto set = source.make(call.world, fields, max_offset_deg);
  if (!fields.good()) return http::problem(fields.take_errors());
  for (std::size_t i = 0; i < set->count(); ++i) {
    if (set->id(i) == call.id) return geojson_response(call, one(call, source, *set, i, max_offset_deg));
  }
  return http::problem({{"id", evaluation::Code::not_found, "the collection has no feature with this id"}});
}

}  // namespace

http::Response get_regions(const http::Call& call) { return get_many(call, regions_source()); }
http::Response get_region(const http::Call& call) { return get_one(call, regions_source()); }
http::Response get_borders(const http::Call& call) { return get_many(call, borders_source()); }
http::Response get_border(const http::Call& call) { return get_one(call, borders_source()); }
http::Response get_zones(const http::Call& call) { return get_many(call, zones_source(call.world)); }
http::Response get_zone(const http::Call& call) { return get_one(call, zones_source(call.world)); }

}  // namespace kordon::api::features
