#include "api/endpoints.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include "api/batch/format.hpp"
#include "api/caching.hpp"
#include "api/call.hpp"
#include "api/collections.hpp"
#include "api/evaluate.hpp"
#include "api/items.hpp"
#include "api/json_body.hpp"
#include "api/keys.hpp"
#include "api/limits.hpp"
#include "api/media_type.hpp"
#include "api/openapi.hpp"
#include "api/policies.hpp"
#include "api/problem.hpp"
#include "api/problems.hpp"
#include "api/stream.hpp"
#include "api/target.hpp"
#include "api/web.hpp"

namespace kordon::api {
namespace {

constexpr std::string_view json_type = "application/json";

Response json_response(std::string body) { return {.body = std::move(body)}; }

Response json_response(std::expected<std::string, FieldErrors> body) {
  return body ? json_response(std::move(*body)) : problem(body.error());
}

/// For the endpoints that have no parameters.
Response json_unless_asked(const Call& call, std::string body) {
  auto refused = parameters_refused(call.query);
  return refused ? std::move(*refused) : json_response(std::move(body));
}

Response one_evaluation(const Call& call, const Members& members) {
  auto response = json_response(evaluate_one(call.memo, members, call.request.received));
  if (response.status == 200) response.work.evaluations = 1;
  return response;
}

Response get_evaluate(const Call& call) { return one_evaluation(call, call.query); }

Work work_of(const StreamTotals& totals) {
  return {totals.rows - totals.rows_in_error, totals.rows, totals.rows_in_error};
}

/// A batch that comes or goes in another format than JSON, whole.
Response whole_batch(const Call& call) {
  auto opened = open_batch(call.world, call.request, call.query, call.world.config.server.limits.batch_rows);
  if (!opened) return problem(opened.error());
  Response response{.content_type = opened->content_type, .headers = std::move(opened->headers)};
  auto done = opened->stream->feed(call.request.body, response.body);
  if (done) done = opened->stream->finish(response.body);
  response.work = work_of(opened->stream->totals());
  return done ? response : problem(done.error());
}

Response post_evaluate(const Call& call) {
  const auto from = format_of_content_type(call.request.content_type);
  if (from != Format::json || preferred_format(call.request.accept, *from) != Format::json) return whole_batch(call);
  auto body = read_json_body(call.request.body, call.world.config.server.limits.batch_rows);
  if (!body) return problem(body.error());
  FieldErrors errors;
  for (const Member& member : call.query) {
    errors.push_back({member.key, Code::unknown_key, "expected it in the body, not in the query of a POST"});
  }
  if (!errors.empty()) return problem(errors);
  if (!body->items) return one_evaluation(call, body->members);
  auto batch = evaluate_batch(call.world, body->members, *body->items, call.request.received);
  if (!batch) return problem(batch.error());
  return {.body = std::move(batch->json), .work = batch->work};
}

Response get_policies(const Call& call) { return json_unless_asked(call, policies_json(call.world)); }

Response get_policy(const Call& call) {
  if (auto json = policy_json(call.world, call.id)) return json_unless_asked(call, std::move(*json));
  return problem({{"id", Code::not_found, "no policy has this id; /v1/policies lists them"}});
}

Response get_limits(const Call& call) { return json_unless_asked(call, limits_json(call.world)); }

/// What the service is, for a program; for a person the map, where it is served.
Response get_root(const Call& call) {
  const bool map = call.media_type == "text/html" && call.world.web.find("index.html");
  return map ? get_map(call) : get_landing(call);
}

struct Endpoint {
  std::string_view method;
  std::string_view path;  ///< `{id}` stands for one last segment, `{file}` for any number
  std::span<const std::string_view>
      offers;  ///< media types of its good answers; of equals the first is sent; none: one type, whatever is asked
  Caching caching;
  Response (*handler)(const Call&);
};

constexpr std::array json{json_type};
constexpr std::array openapi{json_type, std::string_view("application/vnd.oai.openapi+json")};
constexpr std::array page{std::string_view("text/html")};
constexpr std::array page_or_json{std::string_view("text/html"), json_type};
constexpr std::array geojson{std::string_view("application/geo+json"), json_type};

constexpr std::span<const std::string_view> as_it_is;

constexpr std::array batches{json_type,
                             std::string_view("application/geo+json"),
                             std::string_view("application/x-ndjson"),
                             std::string_view("application/jsonl"),
                             std::string_view("application/geo+json-seq"),
                             std::string_view("text/csv")};

/// What is asked most often comes first.
constexpr std::array endpoints{
    Endpoint{"GET", "/v1/evaluate", json, Caching::timed, get_evaluate},
    Endpoint{"POST", "/v1/evaluate", batches, Caching::none, post_evaluate},
    Endpoint{"GET", "/", page_or_json, Caching::files, get_root},
    Endpoint{"GET", "/conformance", json, Caching::data, get_conformance},
    Endpoint{"GET", "/collections", json, Caching::data, get_collections},
    Endpoint{"GET", "/collections/regions", json, Caching::data, get_regions_collection},
    Endpoint{"GET", "/collections/regions/items", geojson, Caching::stamped, get_regions},
    Endpoint{"GET", "/collections/regions/items/{id}", geojson, Caching::data, get_region},
    Endpoint{"GET", "/collections/borders", json, Caching::data, get_borders_collection},
    Endpoint{"GET", "/collections/borders/items", geojson, Caching::stamped, get_borders},
    Endpoint{"GET", "/collections/borders/items/{id}", geojson, Caching::data, get_border},
    Endpoint{"GET", "/collections/zones", json, Caching::data, get_zones_collection},
    Endpoint{"GET", "/collections/zones/items", geojson, Caching::stamped, get_zones},
    Endpoint{"GET", "/collections/zones/items/{id}", geojson, Caching::data, get_zone},
    Endpoint{"GET", "/v1/policies", json, Caching::data, get_policies},
    Endpoint{"GET", "/v1/policies/{id}", json, Caching::data, get_policy},
    Endpoint{"GET", "/v1/limits", json, Caching::data, get_limits},
    Endpoint{"GET", "/problems", json, Caching::data, get_problems},
    Endpoint{"GET", "/problems/{id}", page_or_json, Caching::data, get_problem},
    Endpoint{"GET", "/openapi.json", openapi, Caching::data, get_openapi},
    Endpoint{"GET", "/docs", page, Caching::data, get_docs},
    Endpoint{"GET", "/embed", page, Caching::files, get_embed},
    Endpoint{"GET", "/web/{file}", as_it_is, Caching::files, get_web_file},
};

/// The path's `{id}` or `{file}` if it fits the pattern: empty for a pattern without one.
std::optional<std::string_view> match(std::string_view pattern, std::string_view path) {
  const auto brace = pattern.find('{');
  if (brace == pattern.npos) return pattern == path ? std::optional(std::string_view()) : std::nullopt;
  if (!path.starts_with(pattern.substr(0, brace))) return std::nullopt;
  const auto id = path.substr(brace);
  const bool one_segment = pattern.substr(brace) == "{id}";
  return id.empty() || (one_segment && id.contains('/')) ? std::nullopt : std::optional(id);
}

std::string_view effective_method(std::string_view method) { return method == "HEAD" ? "GET" : method; }

Response not_acceptable(const Endpoint& endpoint) {
  return problem(
      {{"Accept", Code::not_acceptable, fmt::format("this resource is {}", fmt::join(endpoint.offers, " or "))}});
}

Response answered(const Endpoint& endpoint, Call call) {
  const auto media_type = best_of(call.request.accept, endpoint.offers);
  if (!media_type && !endpoint.offers.empty()) return not_acceptable(endpoint);
  call.media_type = media_type.value_or("");
  auto tag = entity_tag(endpoint.caching, call);
  const bool known = lists(call.request.if_none_match, tag);
  if (known && call.request.if_none_match != "*") return not_modified(std::move(tag));
  auto response = endpoint.handler(call);
  if (response.status != 200) return response;
  if (known) return not_modified(std::move(tag));
  add_caching(response, std::move(tag));
  return response;
}

/// The answer to a path that is none, or to a method that is not the path's.
Response no_endpoint(std::string_view method, std::string_view path) {
  std::string allow;
  std::string_view route = "-";
  for (const Endpoint& endpoint : endpoints) {
    if (!match(endpoint.path, path)) continue;
    allow += (allow.empty() ? "" : ", ");
    allow += endpoint.method == "GET" ? "GET, HEAD" : endpoint.method;
    route = endpoint.path;
  }
  if (method == "OPTIONS" && path == "*") allow = "GET, HEAD, POST";
  if (allow.empty()) return problem({{"path", Code::not_found, "no such resource"}});
  allow += ", OPTIONS";
  auto response = method == "OPTIONS" ? Response{.status = 204}
                                      : problem({{"method", Code::method_not_allowed, "expected one of: " + allow}});
  response.headers.emplace_back("Allow", allow);
  response.route = route;
  return response;
}

}  // namespace

Response answer(const config::World& world, const Request& request) {
  AnswerMemo memo(world);
  return answer(memo, request);
}

Response answer(AnswerMemo& memo, const Request& request) {
  const auto target = parse_target(request.target);
  if (!target) return problem(target.error());
  for (const Endpoint& endpoint : endpoints) {
    const auto id = match(endpoint.path, target->path);
    if (!id || endpoint.method != effective_method(request.method)) continue;
    auto response = answered(endpoint, {memo.world(), memo, request, target->query, *id, {}});
    if (endpoint.offers.size() > 1) response.headers.emplace_back("Vary", "Accept");
    response.route = endpoint.path;
    return response;
  }
  return no_endpoint(request.method, target->path);
}

}  // namespace kordon::api
