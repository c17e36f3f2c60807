#include "server/authentication.hpp"

#include <algorithm>

#include "api/http/problem.hpp"
#include "server/operators.hpp"
#include "text/ascii.hpp"

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
  if (authorization.size() <= scheme.size() || !text::equal_in_any_case(authorization.substr(0, scheme.size()), scheme))
    return {};
  return text::trimmed(authorization.substr(scheme.size()), " \t");
}

ClientKey key_of(const world::Token* token, const Caller& caller) {
  if (!token) return caller.address.bytes;
  ClientKey key;
  std::copy_n(token->sha256.begin(), key.size(), key.begin());
  return key;
}

bool is_elsewhere(const Shared& shared, const RequestHead& head, const Caller& caller) {
  return !shared.hosts.allow(head[Field::host], caller.operators);
}

std::optional<api::http::Response> too_fast(Shared& shared, const ClientKey& client) {
  if (!shared.rate_limiter) return {};
  const auto wait = shared.rate_limiter->ask(client, std::chrono::steady_clock::now());
  if (wait == wait.zero()) return {};
  auto response = api::http::problem(evaluation::Code::too_many_requests, "this client asks more often than it may");
  response.headers.emplace_back("Retry-After", std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  return response;
}

}  // namespace

Access authenticate(Shared& shared, const Tokens& tokens, const RequestHead& head, const Caller& caller) {
  const bool is_open = caller.operators || head.method == "OPTIONS" || is_probe(head.target);
  Access access;
  access.client = caller.address.bytes;
  if (is_elsewhere(shared, head, caller)) {
    access.problem =
        api::http::problem({{"Host", evaluation::Code::misdirected, "expected a name that this service goes by"}});
    return access;
  }
  if (is_open) return access;
  if (tokens.are_asked_for) {
    const auto secret = bearer_secret(head[Field::authorization]);
    access.token = secret.empty() ? nullptr : world::find_token(tokens.list, secret);
  }
  access.client = key_of(access.token, caller);
  access.problem = too_fast(shared, access.client);
  if (!access.problem && !access.token && tokens.are_asked_for) {
    access.problem = unauthorized(!head[Field::authorization].empty());
  }
  return access;
}

}  // namespace kordon::server
