#include "api/endpoints.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "api/features/collections.hpp"
#include "api/features/items.hpp"
#include "api/features/tiles.hpp"
#include "api/http/batch_media_type.hpp"
#include "api/http/caching.hpp"
#include "api/http/call.hpp"
#include "api/http/media_type.hpp"
#include "api/http/problem.hpp"
#include "api/http/target.hpp"
#include "api/http/upload.hpp"
#include "api/limits.hpp"
#include "api/openapi.hpp"
#include "api/policies.hpp"
#include "api/problems.hpp"
#include "api/stream.hpp"
#include "api/web.hpp"
#include "batch/array_splitter.hpp"
#include "batch/format.hpp"
#include "evaluation/evaluate.hpp"
#include "evaluation/json_body.hpp"
#include "evaluation/key_kinds.hpp"

namespace kordon::api {
namespace {

constexpr std::string_view json_type = "application/json";

http::Response json_response(std::string body) { return {.body = std::move(body)}; }

http::Response json_response(std::expected<std::string, evaluation::FieldErrors> body) {
  return body ? json_response(std::move(*body)) : http::problem(body.error());
}

/// For the endpoints that have no parameters.
http::Response json_unless_asked(const http::Call& call, std::string body) {
  auto refused = http::parameters_refused(call.query);
  return refused ? std::move(*refused) : json_response(std::move(body));
}

http::Response one_evaluation(const http::Call& call, const evaluation::Members& members) {
  auto response = json_response(evaluation::evaluate_one(call.evaluator, members, call.request.received));
  if (response.status == 200) response.work.evaluations = 1;
  return response;
}

http::Response get_evaluate(const http::Call& call) { return one_evaluation(call, call.query); }

evaluation::Work work_of(const batch::StreamTotals& totals) {
  return {totals.rows - totals.rows_in_error, totals.rows, totals.rows_in_error, totals.cost};
}

http::Response no_room() {
  auto response = http::problem(evaluation::Code::overloaded, "as many bytes are held for clients as may be");
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

/// A batch that comes or goes in another format than JSON, whole.
http::Response whole_batch(const http::Call& call) {
  const auto& limits = http::settings_of(call.world, call.request).limits;
  auto opened = open_batch(call.world, call.request, call.query, limits.batch_rows);
  if (!opened) return http::problem(opened.error());
  http::Response response{.content_type = opened->content_type, .headers = {}};
  const auto done = answer_wholly(*opened->stream, call.request, response.body);
  if (!done) return http::problem(done.error());
  if (!*done) return no_room();
  response.headers = headers_of(*opened);
  response.work = work_of(opened->stream->totals());
  return response;
}

http::Response post_rows(const http::Call& call) {
  const auto from = http::format_of_content_type(call.request.content_type);
  const bool json =
      from == batch::Format::json && http::preferred_format(call.request.accept, *from) == batch::Format::json;
  using Start = batch::ArrayStart::State;
  if (!json || batch::find_array(call.request.body, "items").state == Start::found) return whole_batch(call);
  auto members = evaluation::read_json_members(call.request.body);
  if (!members) return http::problem(members.error());
  evaluation::FieldErrors errors;
  for (const evaluation::Member& member : call.query) {
    if (std::ranges::find(*members, member.key, &evaluation::Member::key) == members->end()) continue;
    errors.push_back(
        {member.key, evaluation::Code::conflict, "stated in the query and in the body: expected one of the two"});
  }
  if (!errors.empty()) return http::problem(errors);
  std::ranges::copy(call.query, std::back_inserter(*members));
  return one_evaluation(call, *members);
}

/// A form's file as if it had been sent by itself, with the form's fields as its query.
http::Response post_upload(const http::Call& call) {
  auto upload = http::read_upload(call.request.content_type, call.request.body);
  if (!upload) return http::problem(upload.error());
  evaluation::FieldErrors errors;
  for (const auto& member : call.query) {
    if (std::ranges::find(upload->members, member.key, &evaluation::Member::key) == upload->members.end()) continue;
    errors.push_back({member.key, evaluation::Code::conflict, "stated in the query and in the form: expected one"});
  }
  if (!errors.empty()) return http::problem(errors);
  std::ranges::copy(call.query, std::back_inserter(upload->members));
  auto request = call.request;
  request.content_type = upload->content_type;
  request.body = upload->content;
  return post_rows({call.world, call.evaluator, request, upload->members, call.id, call.media_type});
}

http::Response post_evaluate(const http::Call& call) {
  return http::is_upload(call.request.content_type) ? post_upload(call) : post_rows(call);
}

http::Response get_policies(const http::Call& call) { return json_unless_asked(call, policies_json(call.world)); }

http::Response get_policy(const http::Call& call) {
  if (auto json = policy_json(call.world, call.id)) return json_unless_asked(call, std::move(*json));
  return http::problem({{"id", evaluation::Code::not_found, "no policy has this id; /v1/policies lists them"}});
}

http::Response get_limits(const http::Call& call) {
  return json_unless_asked(call, limits_json(http::settings_of(call.world, call.request)));
}

/// Landing page: the map for browsers, where it is served; the service in JSON for programs and for clients that state
/// no preference.
http::Response get_root(const http::Call& call) {
  const bool map = call.media_type == "text/html" && call.world.web.find("index.html");
  return map ? get_map(call) : features::get_landing(call);
}

struct Endpoint {
  std::string_view method;
  std::string_view path;  ///< `{id}` stands for one last segment, what begins with another brace for any number
  std::span<const std::string_view>
      offers;  ///< media types of its good answers; of equals the first is sent; none: one type, whatever is asked
  http::Caching caching;
  http::Response (*handler)(const http::Call&);
  bool takes_long = false;  ///< to be answered off the threads that serve connections
};

constexpr std::array json{json_type};
constexpr std::array openapi{json_type, std::string_view("application/vnd.oai.openapi+json")};
constexpr std::array page{std::string_view("text/html")};
constexpr std::array page_or_json{std::string_view("text/html"), json_type};
constexpr std::array json_or_page{json_type, std::string_view("text/html")};
constexpr std::array geojson{std::string_view("application/geo+json"), json_type};

constexpr std::array tiles{std::string_view("application/vnd.mapbox-vector-tile")};

constexpr std::span<const std::string_view> as_it_is;

constexpr std::array batches{json_type,
                             std::string_view("application/geo+json"),
                             std::string_view("application/x-ndjson"),
                             std::string_view("application/jsonl"),
                             std::string_view("application/geo+json-seq"),
                             std::string_view("text/csv")};

/// What is asked most often comes first.
constexpr std::array endpoints{
    Endpoint{"GET", "/v1/evaluate", json, http::Caching::timed, get_evaluate},
    Endpoint{"POST", "/v1/evaluate", batches, http::Caching::none, post_evaluate},
    Endpoint{"GET", "/", json_or_page, http::Caching::files, get_root},
    Endpoint{"GET", "/conformance", json, http::Caching::data, features::get_conformance},
    Endpoint{"GET", "/collections", json, http::Caching::data, features::get_collections},
    Endpoint{"GET", "/collections/regions", json, http::Caching::data, features::get_regions_collection},
    Endpoint{"GET", "/collections/regions/items", geojson, http::Caching::stamped, features::get_regions, true},
    Endpoint{"GET", "/collections/regions/items/{id}", geojson, http::Caching::data, features::get_region, true},
    Endpoint{"GET", "/collections/regions/tiles/WebMercatorQuad", json, http::Caching::data,
             features::get_regions_tileset},
    Endpoint{"GET", "/collections/regions/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", tiles,
             http::Caching::data, features::get_regions_tile, true},
    Endpoint{"GET", "/collections/borders", json, http::Caching::data, features::get_borders_collection},
    Endpoint{"GET", "/collections/borders/items", geojson, http::Caching::stamped, features::get_borders, true},
    Endpoint{"GET", "/collections/borders/items/{id}", geojson, http::Caching::data, features::get_border, true},
    Endpoint{"GET", "/collections/borders/tiles/WebMercatorQuad", json, http::Caching::data,
             features::get_borders_tileset},
    Endpoint{"GET", "/collections/borders/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", tiles,
             http::Caching::data, features::get_borders_tile, true},
    Endpoint{"GET", "/collections/zones", json, http::Caching::data, features::get_zones_collection},
    Endpoint{"GET", "/collections/zones/items", geojson, http::Caching::stamped, features::get_zones, true},
    Endpoint{"GET", "/collections/zones/items/{id}", geojson, http::Caching::data, features::get_zone, true},
    Endpoint{"GET", "/collections/zones/tiles/WebMercatorQuad", json, http::Caching::data, features::get_zones_tileset},
    Endpoint{"GET", "/collections/zones/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}", tiles,
             http::Caching::data, features::get_zones_tile, true},
    Endpoint{"GET", "/v1/policies", json, http::Caching::data, get_policies},
    Endpoint{"GET", "/v1/policies/{id}", json, http::Caching::data, get_policy},
    Endpoint{"GET", "/v1/limits", json, http::Caching::answer, get_limits},
    Endpoint{"GET", "/problems", json, http::Caching::data, get_problems},
    Endpoint{"GET", "/problems/{id}", page_or_json, http::Caching::data, get_problem},
    Endpoint{"GET", "/openapi.json", openapi, http::Caching::data, get_openapi},
    Endpoint{"GET", "/openapi-3.0.json", openapi, http::Caching::data, get_openapi_30},
    Endpoint{"GET", "/docs", page, http::Caching::data, get_docs},
    Endpoint{"GET", "/embed", page, http::Caching::files, get_embed},
    Endpoint{"GET", "/web/{file}", as_it_is, http::Caching::files, get_web_file},
};

/// What stands in the path for the pattern's braces: empty for a pattern without any.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const auto brace = pattern.find('{');
  if (brace == pattern.npos) return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  if (!path.starts_with(pattern.substr(0, brace))) return std::nullopt;
  const auto id = path.substr(brace);
  const bool one_segment = pattern.substr(brace) == "{id}";
  return id.empty() || (one_segment && id.contains('/')) ? std::nullopt : std::optional(id);
}

std::string_view effective_method(std::string_view method) { return method == "HEAD" ? "GET" : method; }

http::Response not_acceptable(const Endpoint& endpoint) {
  return http::problem({{"Accept", evaluation::Code::not_acceptable,
                         fmt::format("this resource is {}", fmt::join(endpoint.offers, " or "))}});
}

http::Response answered(const Endpoint& endpoint, http::Call call) {
  const auto media_type = http::best_of(call.request.accept, endpoint.offers);
  if (!media_type && !endpoint.offers.empty()) return not_acceptable(endpoint);
  call.media_type = media_type.value_or("");
  auto tag = http::entity_tag(endpoint.caching, call);
  bool known = http::lists(call.request.if_none_match, tag);
  if (known && call.request.if_none_match != "*") return http::not_modified(std::move(tag));
  auto response = endpoint.handler(call);
  if (response.status != 200) return response;
  if (endpoint.caching == http::Caching::answer) {
    tag = http::tag_of_answer(response.body);
    known = http::lists(call.request.if_none_match, tag);
  }
  if (known) return http::not_modified(std::move(tag));
  http::add_caching(response, std::move(tag));
  return response;
}

/// The answer to a path that is none, or to a method that is not the path's.
http::Response no_endpoint(std::string_view method, std::string_view path) {
  std::string allow;
  std::string_view route = "-";
  for (const Endpoint& endpoint : endpoints) {
    if (!match(endpoint.path, path)) continue;
    allow += (allow.empty() ? "" : ", ");
    allow += endpoint.method == "GET" ? "GET, HEAD" : endpoint.method;
    route = endpoint.path;
  }
  if (method == "OPTIONS" && path == "*") allow = "GET, HEAD, POST";
  if (allow.empty()) return http::problem({{"path", evaluation::Code::not_found, "no such resource"}});
  allow += ", OPTIONS";
  auto response = method == "OPTIONS"
                      ? http::Response{.status = 204}
                      : http::problem({{"method", evaluation::Code::method_not_allowed, "expected one of: " + allow}});
  response.headers.emplace_back("Allow", allow);
  response.route = route;
  return response;
}

}  // namespace

bool takes_body(std::string_view method, std::string_view target) {
  if (method != "POST") return false;
  const auto parsed = http::parse_target(target);
  const auto at = [&](const Endpoint& endpoint) { return endpoint.method == method && endpoint.path == parsed->path; };
  return parsed && std::ranges::any_of(endpoints, at);
}

http::Response answer(const world::World& world, const http::Request& request) {
  evaluation::Evaluator evaluator(world);
  return answer(evaluator, request);
}

bool takes_long(std::string_view method, std::string_view target) {
  const auto raw = target.substr(0, target.find('?'));
  const auto decoded = raw.contains('%') ? http::parse_target(raw) : http::Target{.path = {}, .query = {}};
  if (effective_method(method) != "GET" || !decoded) return false;
  const std::string_view path = raw.contains('%') ? std::string_view(decoded->path) : raw;
  const auto is_slow = [&](const Endpoint& endpoint) { return endpoint.takes_long && match(endpoint.path, path); };
  return http::states(target, "crs") || std::ranges::any_of(endpoints, is_slow);
}

http::Response answer(evaluation::Evaluator& evaluator, const http::Request& request) {
  const auto target = http::parse_target(request.target);
  if (!target) return http::problem(target.error());
  for (const Endpoint& endpoint : endpoints) {
    const auto id = match(endpoint.path, target->path);
    if (!id || endpoint.method != effective_method(request.method)) continue;
    auto response = answered(endpoint, {evaluator.world(), evaluator, request, target->query, *id, {}});
    if (endpoint.offers.size() > 1) response.headers.emplace_back("Vary", "Accept");
    response.route = endpoint.path;
    return response;
  }
  return no_endpoint(request.method, target->path);
}

}  // namespace kordon::api
