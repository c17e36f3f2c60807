#include "config/read_server.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace kordon::config {
namespace {

constexpr Range byte_range{1, 1e12};
constexpr Range stream_byte_range{0, 1e15};
constexpr Range row_range{1, 1e9};
constexpr Range connection_range{1, 1e6};
constexpr Range timeout_range_ms{1, 86'400'000};
constexpr Range turn_range_ms{1, 1000};
constexpr Range pause_range_ms{0, 86'400'000};
constexpr Range thread_range{0, 4096};
constexpr Range rate_range{0.001, 1e9};
constexpr Range burst_range{1, 1e9};

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> parsed;
  return inet_pton(family, text.c_str(), parsed.data()) == 1;
}

Limits read_limits(const Node& node) {
  const auto members = node.members(
      {}, {"body_bytes", "header_bytes", "batch_rows", "held_bytes", "stream_bytes", "streams", "connections",
           "connections_per_address", "spool_bytes", "stream_spool_bytes", "turn_ms", "load_ms", "load_bytes"});
  Limits limits;
  limits.body_bytes = members.count("body_bytes", byte_range, limits.body_bytes);
  limits.header_bytes = members.count("header_bytes", byte_range, limits.header_bytes);
  limits.batch_rows = members.count("batch_rows", row_range, limits.batch_rows);
  limits.held_bytes = members.count("held_bytes", byte_range, limits.held_bytes);
  limits.spool_bytes = members.count("spool_bytes", stream_byte_range, limits.spool_bytes);
  limits.stream_spool_bytes = members.count("stream_spool_bytes", stream_byte_range, limits.stream_spool_bytes);
  limits.turn =
      std::chrono::milliseconds(members.count("turn_ms", turn_range_ms, static_cast<std::size_t>(limits.turn.count())));
  limits.load = std::chrono::milliseconds(
      members.count("load_ms", timeout_range_ms, static_cast<std::size_t>(limits.load.count())));
  limits.load_bytes = members.count("load_bytes", stream_byte_range, limits.load_bytes);
  limits.stream_bytes = members.count("stream_bytes", stream_byte_range, limits.stream_bytes);
  limits.streams = members.count("streams", connection_range, limits.streams);
  limits.connections = members.count("connections", connection_range, limits.connections);
  limits.connections_per_address =
      members.count("connections_per_address", connection_range, limits.connections_per_address);
  return limits;
}

Timeouts read_timeouts(const Node& node) {
  const auto members = node.members({}, {"header_ms", "body_ms", "write_ms", "idle_ms", "unready_ms", "shutdown_ms"});
  const auto read = [&](std::string_view key, Range range, std::chrono::milliseconds fallback) {
    return std::chrono::milliseconds(members.count(key, range, static_cast<std::size_t>(fallback.count())));
  };
  Timeouts timeouts;
  timeouts.header = read("header_ms", timeout_range_ms, timeouts.header);
  timeouts.body = read("body_ms", timeout_range_ms, timeouts.body);
  timeouts.write = read("write_ms", timeout_range_ms, timeouts.write);
  timeouts.idle = read("idle_ms", timeout_range_ms, timeouts.idle);
  timeouts.unready = read("unready_ms", pause_range_ms, timeouts.unready);
  timeouts.shutdown = read("shutdown_ms", timeout_range_ms, timeouts.shutdown);
  return timeouts;
}

/// `https://map.example:8443`: as a browser says where a page is from.
bool is_origin(std::string_view text) {
  const auto scheme = text.find("://");
  if (scheme == 0 || scheme == text.npos) return false;
  const auto host = text.substr(scheme + 3);
  return !host.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != ','; }) &&
         !host.contains('/');
}

Cors read_cors(const Node& node) {
  Cors cors;
  const auto members = node.members({"origins"});
  for (const auto& item : members.items("origins")) {
    auto origin = item.text();
    if (!origin) continue;
    if (*origin != "*" && !is_origin(*origin)) {
      item.fault(fmt::format("is '{}', expected an origin as https://map.example, or *", *origin));
    }
    cors.origins.push_back(std::move(*origin));
  }
  return cors;
}

RateLimit read_rate_limit(const Node& node) {
  const auto members = node.members({"requests_per_second", "burst"}, {"rows_per_request"});
  RateLimit limit{members.number("requests_per_second", rate_range), members.number("burst", burst_range)};
  if (members.find("rows_per_request")) limit.rows_per_request = members.number("rows_per_request", row_range);
  return limit;
}

/// A name or an address without a port, as the Host field has it.
bool is_host(std::string_view text) {
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._:[]").contains(c);
  };
  return !text.empty() && std::ranges::all_of(text, plain) && (text.starts_with('[') || !text.contains(':'));
}

std::vector<std::string> read_hosts(const Members& members) {
  std::vector<std::string> hosts;
  for (const auto& item : members.items("hosts")) {
    auto host = item.text();
    if (!host) continue;
    if (*host != "*" && !is_host(*host)) {
      item.fault(fmt::format("is '{}', expected a host without a port as kordon.example, or *", *host));
    }
    hosts.push_back(std::move(*host));
  }
  return hosts;
}

Tls read_tls(const Node& node, const std::filesystem::path& named_in) {
  const auto members = node.members({"certificate", "key"});
  return {existing_file(members.find("certificate"), named_in), existing_file(members.find("key"), named_in)};
}

std::filesystem::path existing_folder(const Node& node, const std::filesystem::path& named_in) {
  const auto name = node.text();
  if (!name) return {};
  auto folder = (named_in.parent_path() / *name).lexically_normal();
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    node.fault(fmt::format("'{}' does not exist or is not a folder", folder.string()));
  }
  return folder;
}

std::optional<Endpoint> read_endpoint(const Node& node) {
  const auto text = node.text();
  if (!text) return {};
  auto endpoint = parse_endpoint(*text);
  if (endpoint) return std::move(*endpoint);
  node.fault(endpoint.error());
  return {};
}

std::string read_public_url(const Members& members) {
  const auto node = members.find("public_url");
  auto url = node ? node->text().value_or("") : "";
  if (!node || url.empty()) return {};
  // It goes into Link fields and JSON: what could end either is no part of a URL (RFC 3986, 2).
  const bool plain = std::ranges::all_of(
      url, [](char c) { return c > ' ' && c <= '~' && !std::string_view("\"<>\\^`{|}").contains(c); });
  if (!plain || (!url.starts_with("http://") && !url.starts_with("https://"))) {
    node->fault(fmt::format("is '{}', expected a URL as https://example.org/kordon", url));
  }
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

std::filesystem::path existing_file(const std::optional<Node>& node, const std::filesystem::path& named_in) {
  const auto name = node ? node->text() : std::nullopt;
  if (!name || name->empty()) return {};
  auto file = (named_in.parent_path() / *name).lexically_normal();
  std::error_code error;
  if (std::filesystem::is_regular_file(file, error)) return file;
  node->fault(fmt::format("'{}' does not exist or is not a file", file.string()));
  return {};
}

std::expected<Endpoint, std::string> parse_endpoint(std::string_view text) {
  const auto refused = [&] {
    return std::unexpected(
        fmt::format("is '{}', expected an address and a port as 127.0.0.1:8080 or [::1]:8080", text));
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return refused();
  const auto digits = text.substr(colon + 1);
  auto address = text.substr(0, colon);
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  if (bracketed) address = address.substr(1, address.size() - 2);

  Endpoint endpoint{std::string(address), 0};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (error != std::errc() || end != digits.data() + digits.size()) return refused();
  if (!is_address(bracketed ? AF_INET6 : AF_INET, endpoint.address)) return refused();
  return endpoint;
}

ServerConfig read_server(const Node& node, const std::filesystem::path& named_in) {
  const auto members = node.members({}, {"listen", "hosts", "public_url", "admin_listen", "threads", "log_positions",
                                         "limits", "timeouts", "cors", "rate_limit", "tokens", "tls", "spool_folder"});
  ServerConfig server;
  server.public_url = read_public_url(members);
  server.hosts = read_hosts(members);
  server.threads = static_cast<unsigned>(members.count("threads", thread_range, server.threads));
  server.log_positions = members.flag("log_positions");
  if (const auto folder = members.find("spool_folder")) server.spool_folder = existing_folder(*folder, named_in);
  if (const auto limits = members.find("limits")) server.limits = read_limits(*limits);
  if (const auto timeouts = members.find("timeouts")) server.timeouts = read_timeouts(*timeouts);
  if (const auto listen = members.find("listen")) server.listen = read_endpoint(*listen).value_or(server.listen);
  if (const auto listen = members.find("admin_listen")) server.admin_listen = read_endpoint(*listen);
  if (const auto cors = members.find("cors")) server.cors = read_cors(*cors);
  if (const auto rate = members.find("rate_limit")) server.rate_limit = read_rate_limit(*rate);
  if (const auto tls = members.find("tls")) server.tls = read_tls(*tls, named_in);
  server.tokens = existing_file(members.find("tokens"), named_in);
  return server;
}

}  // namespace kordon::config
