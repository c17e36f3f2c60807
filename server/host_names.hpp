#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/server_config.hpp"

namespace kordon::server {

/// The names that this service answers to, against DNS rebinding: a page of `evil.example`, whose name its owner makes
/// lead here, asks as if it were of this origin, and CORS lets it read. Its Host field gives it away.
class HostNames {
 public:
  /// The configuration's `hosts`, the host of `public_url`, and the listening address: of a loopback address all
  /// loopback ones and `localhost`; of 0.0.0.0 or :: every address and every name without a dot, which nobody outside
  /// can own.
  explicit HostNames(const config::ServerConfig& config);

  /// Whether a Host field, or the authority of a target, may be given. None, as HTTP/1.0 has it: yes, no browser does
  /// that. The operators' own listener takes addresses and names without a dot, too.
  [[nodiscard]] bool allow(std::string_view host, bool operators) const;

 private:
  bool any_ = false;
  bool any_address_ = false;  ///< and name without a dot
  std::vector<std::string> names_;
};

/// `kordon.example:8080` without the port, in small letters and without a dot at its end; `[::1]:80` as `::1`.
std::string host_of(std::string_view host_and_port);

/// Authority of a target in absolute form, between `http://` and the path; else empty.
std::string_view authority_of(std::string_view target);

}  // namespace kordon::server
