#pragma once

#include <string_view>

namespace kordon::server {

/// Whether a text is uri-host [ ":" port ] (RFC 9110, 7.2, and RFC 3986, 3.2.2): a registered name with whole percent
/// escapes, an IPv4 address, or an IPv6 address in brackets; a port of at most 65535, which may be empty. Not a comma,
/// which a proxy could take for two. An empty text is not one.
bool is_authority(std::string_view text);

/// A request's target in its parts (RFC 9112, 3.2).
struct RequestTarget {
  bool good = false;
  std::string_view authority;  ///< of the absolute form, else empty
  std::string_view path;       ///< with the query; of the absolute form it may be empty or begin with `?`
};

/// Reads the origin form `/a?b`, the absolute form `http://host/a?b`, and for methods that have them the authority form
/// and `*`. The scheme's case does not matter; a user's name before the host is refused.
RequestTarget read_target(std::string_view method, std::string_view text);

}  // namespace kordon::server
