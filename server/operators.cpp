#include "server/operators.hpp"

#include <algorithm>
#include <array>

#include "api/http/problem.hpp"
#include "api/http/target.hpp"
#include "server/answer_queue.hpp"
#include "server/metrics_text.hpp"
#include "text/json_writer.hpp"

namespace kordon::server {
namespace {

api::http::Response livez(const Shared&, const world::World&, bool) { return {.body = R"({"status":"live"})"}; }

void write_faults(text::JsonWriter& out, const Faults& faults) {
  out.key("reload_faults").begin_array();
  for (const auto& [where, message] : faults) {
    out.begin_object().key("where").text(where).key("message").text(message).end_object();
  }
  out.end_array();
}

/// Ready also after a reload that was refused, for the old data is served on. What was wrong names files, tokens and
/// settings: for operators.
api::http::Response readyz(const Shared& shared, const world::World& world, bool to_operators) {
  const bool ready = shared.ready.load(std::memory_order_relaxed);
  api::http::Response response{.status = ready ? 200 : 503};
  text::JsonWriter out(response.body);
  out.begin_object().key("status").text(ready ? "ready" : "stopping").key("data_version").text(world.data_version);
  if (const auto faults = shared.reloads.faults(); !faults.empty()) {
    out.key("last_reload").text("refused");
    if (to_operators) write_faults(out, faults);
  }
  out.end_object();
  return response;
}

api::http::Response metrics(const Shared& shared, const world::World& world, bool) {
  return {.content_type = "text/plain; version=0.0.4; charset=utf-8",
          .body = metrics_text(shared.metrics, {.connections = shared.admission.connections(),
                                                .streams = shared.streams.held(),
                                                .held = shared.budget.held(),
                                                .answers_being_made = shared.answers->waiting(),
                                                .answers_refused = shared.answers->refused_total(),
                                                .connections_refused = shared.admission.refused_total(),
                                                .reloads = shared.reloads.served(),
                                                .reloads_refused = shared.reloads.refused(),
                                                .last_reload_good = shared.reloads.faults().empty(),
                                                .data_version = world.data_version,
                                                .engine = "kordon " KORDON_VERSION})};
}

struct Endpoint {
  std::string_view path;
  api::http::Response (*answer)(const Shared&, const world::World&, bool to_operators);
};

constexpr std::array endpoints{Endpoint{"/livez", livez}, Endpoint{"/readyz", readyz}, Endpoint{"/metrics", metrics}};

const Endpoint* find_path(std::string_view path) {
  const auto* const endpoint = std::ranges::find(endpoints, path, &Endpoint::path);
  return endpoint == endpoints.end() ? nullptr : endpoint;
}

/// Null for another path. Percent escapes are read as `api::answer` reads them.
const Endpoint* find(std::string_view target) {
  const auto raw = target.substr(0, target.find('?'));
  if (!raw.contains('%')) return find_path(raw);
  constexpr std::size_t most_bytes = 32;  // of a path whose every character is escaped
  if (raw.size() > most_bytes) return nullptr;
  const auto decoded = api::http::parse_target(raw);
  return decoded ? find_path(decoded->path) : nullptr;
}

}  // namespace

bool is_probe(std::string_view target) {
  const auto* const endpoint = find(target);
  return endpoint && endpoint->answer != metrics;
}

bool is_for_operators(std::string_view route) { return find_path(route) != nullptr; }

std::optional<api::http::Response> answer_operators(const Shared& shared, const world::World& world,
                                                    const RequestHead& head, bool to_operators) {
  const auto* const endpoint = find(head.target);
  if (!endpoint) return {};
  api::http::Response response;
  if (head.method == "GET" || head.method == "HEAD") {
    response = endpoint->answer(shared, world, to_operators);
    response.headers.emplace_back("Cache-Control", "no-store");
  } else if (head.method == "OPTIONS") {
    response.status = 204;
    response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  } else {
    response =
        api::http::problem({{"method", evaluation::Code::method_not_allowed, "expected one of: GET, HEAD, OPTIONS"}});
    response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  }
  response.route = endpoint->path;
  return response;
}

}  // namespace kordon::server
