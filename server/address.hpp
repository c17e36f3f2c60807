#pragma once

#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "config/server_config.hpp"
#include "server/descriptor.hpp"

namespace kordon::server {

/// A client's network address in 16 bytes. IPv4 stands as ::ffff:a.b.c.d; of IPv6 only the first 64 bits count, since
/// one subscriber has all the rest.
struct ClientAddress {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const ClientAddress&) const = default;
};

struct ClientAddressHash {
  std::size_t operator()(const ClientAddress& address) const;
};

ClientAddress client_address(const sockaddr_storage& peer);

/// A listening socket that does not block. Throws std::system_error where that cannot be had.
Descriptor listen_on(const config::Endpoint& endpoint);

/// Endpoint that a socket listens on, with the port that the system chose.
config::Endpoint local_endpoint(const Descriptor& socket);

}  // namespace kordon::server
