#include "server/gate.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "server/operators.hpp"

namespace kordon::server {
namespace {

api::http::Response unauthorized(bool was_given) {
  auto response = api::http::problem({{"Authorization", evaluation::Code::unauthorized,
                                       was_given ? "no such bearer token" : "expected a bearer token"}});
  response.headers.emplace_back("WWW-Authenticate", was_given ? R"(Bearer error="invalid_token")" : "Bearer");
  return response;
}

std::string_view bearer_secret(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() <= scheme.size() || !same_name(authorization.substr(0, scheme.size()), scheme)) return {};
  return trimmed(authorization.substr(scheme.size()));
}

RateLimiter::Key key_of(const world::Token* token, const Caller& caller) {
  if (!token) return caller.address.bytes;
  RateLimiter::Key key;
  std::copy_n(token->sha256.begin(), key.size(), key.begin());
  return key;
}

std::optional<api::http::Response> too_fast(Shared& shared, const world::Token* token, const Caller& caller) {
  if (!shared.rate_limiter) return {};
  const auto wait = shared.rate_limiter->ask(key_of(token, caller), std::chrono::steady_clock::now());
  if (wait == wait.zero()) return {};
  auto response = api::http::problem(evaluation::Code::too_many_requests, "this client asks more often than it may");
  response.headers.emplace_back("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  return response;
}

}  // namespace

Admitted admit(Shared& shared, const world::World& world, const RequestHead& head, const Caller& caller) {
  const bool is_open = caller.operators || head.method == "OPTIONS" || is_probe(head.target);
  if (is_open) return {};
  Admitted admitted;
  if (!world.tokens.empty()) {
    const auto secret = bearer_secret(head[Field::authorization]);
    admitted.token = world::find_token(world.tokens, secret);
  }
  admitted.refusal = too_fast(shared, admitted.token, caller);
  if (!admitted.refusal && !admitted.token && !world.tokens.empty()) {
    admitted.refusal = unauthorized(!head[Field::authorization].empty());
  }
  return admitted;
}

std::string_view allowed_origin(const config::Cors& cors, std::string_view origin) {
  if (origin.empty()) return {};
  const auto allowed = std::ranges::find_if(cors.origins, [&](const auto& one) { return one == "*" || one == origin; });
  return allowed == cors.origins.end() ? std::string_view() : std::string_view(*allowed);
}

}  // namespace kordon::server
