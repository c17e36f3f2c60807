#include "server/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <string_view>
#include <system_error>

namespace kordon::server {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  sockaddr* any() { return reinterpret_cast<sockaddr*>(&storage); }  // NOLINT(*-reinterpret-cast): the sockets API
};

template <typename T>
T as(const sockaddr_storage& storage) {
  T value;
  std::memcpy(&value, &storage, sizeof value);
  return value;
}

SocketAddress address_of(const config::Endpoint& endpoint) {
  SocketAddress address;
  sockaddr_in v4{.sin_family = AF_INET, .sin_port = htons(endpoint.port), .sin_addr = {}, .sin_zero = {}};
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(endpoint.port);
  if (inet_pton(AF_INET, endpoint.address.c_str(), &v4.sin_addr) == 1) {
    std::memcpy(&address.storage, &v4, address.size = sizeof v4);
  } else if (inet_pton(AF_INET6, endpoint.address.c_str(), &v6.sin6_addr) == 1) {
    std::memcpy(&address.storage, &v6, address.size = sizeof v6);
  } else {
    throw std::system_error(std::make_error_code(std::errc::invalid_argument), "address");
  }
  return address;
}

void require(bool done, const char* what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

std::size_t ClientAddressHash::operator()(const ClientAddress& address) const {
  std::array<char, 16> bytes;
  std::memcpy(bytes.data(), address.bytes.data(), bytes.size());
  return std::hash<std::string_view>()({bytes.data(), bytes.size()});
}

ClientAddress client_address(const sockaddr_storage& peer) {
  ClientAddress address;
  if (peer.ss_family == AF_INET6) {
    const auto v6 = as<sockaddr_in6>(peer);
    std::memcpy(address.bytes.data(), &v6.sin6_addr, 16);
    if (!IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) std::fill(address.bytes.begin() + 8, address.bytes.end(), 0);
  } else {
    const auto v4 = as<sockaddr_in>(peer);
    address.bytes[10] = address.bytes[11] = 0xff;
    std::memcpy(address.bytes.data() + 12, &v4.sin_addr, 4);
  }
  return address;
}

Descriptor listen_on(const config::Endpoint& endpoint) {
  auto address = address_of(endpoint);
  Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  require(socket.is_open(), "socket");
  const int on = 1;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // accepted sockets inherit it
  require(bind(socket.get(), address.any(), address.size) == 0, "bind");
  require(listen(socket.get(), SOMAXCONN) == 0, "listen");
  return socket;
}

config::Endpoint local_endpoint(const Descriptor& socket) {
  SocketAddress address;
  require(getsockname(socket.get(), address.any(), &address.size) == 0, "getsockname");
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.storage.ss_family == AF_INET6) {
    const auto v6 = as<sockaddr_in6>(address.storage);
    return {inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size()), ntohs(v6.sin6_port)};
  }
  const auto v4 = as<sockaddr_in>(address.storage);
  return {inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size()), ntohs(v4.sin_port)};
}

}  // namespace kordon::server
