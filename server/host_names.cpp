#include "server/host_names.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "text/ascii.hpp"

namespace kordon::server {
namespace {

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> parsed;
  return inet_pton(AF_INET, host.c_str(), parsed.data()) == 1 || inet_pton(AF_INET6, host.c_str(), parsed.data()) == 1;
}

bool is_loopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

}  // namespace

std::string host_of(std::string_view host_and_port) {
  auto host = host_and_port;
  const auto colon = host.rfind(':');
  const bool has_port = colon != host.npos && host.find_first_not_of("0123456789", colon + 1) == host.npos &&
                        host.find(':') == (host.starts_with('[') ? host.find(':') : colon);
  if (has_port && (!host.starts_with('[') || host.substr(0, colon).ends_with(']'))) host = host.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.ends_with('.')) host.remove_suffix(1);
  return text::lowered(host);
}

std::string_view authority_of(std::string_view target) {
  const auto scheme = target.find("://");
  if (target.starts_with('/') || scheme == target.npos) return {};
  const auto rest = target.substr(scheme + 3);
  return rest.substr(0, rest.find_first_of("/?#"));
}

HostNames::HostNames(const config::ServerConfig& config) {
  for (const auto& host : config.hosts) {
    any_ = any_ || host == "*";
    names_.push_back(host_of(host));
  }
  if (!config.public_url.empty()) names_.push_back(host_of(authority_of(config.public_url)));
  const auto& address = config.listen.address;
  names_.push_back(address);
  if (is_loopback(address)) names_.insert(names_.end(), {"localhost", "127.0.0.1", "::1"});
  any_address_ = address == "0.0.0.0" || address == "::";
}

bool HostNames::allow(std::string_view host, bool operators) const {
  if (any_ || host.empty()) return true;
  const auto name = host_of(host);
  if (std::ranges::find(names_, name) != names_.end()) return true;
  return (any_address_ || operators) && (is_address(name) || !name.contains('.'));
}

}  // namespace kordon::server
