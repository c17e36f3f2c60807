#include "server/transport.hpp"

#include <poll.h>
#include <sys/socket.h>

namespace kordon::server {
namespace {

asio::ip::tcp protocol_of(const Descriptor& socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  // NOLINTNEXTLINE(*-reinterpret-cast): the sockets API
  getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return address.ss_family == AF_INET6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
}

}  // namespace

Transport::Transport(asio::io_context& context, Descriptor accepted, const TlsIdentity* identity)
    : socket_(context, protocol_of(accepted), accepted.get()) {
  [[maybe_unused]] const int owned = accepted.release();
  // SSL_new holds a reference to the context of the identity, which thus may be replaced meanwhile.
  if (identity) tls_.emplace(socket_, identity->context());
}

bool Transport::is_left() const {
  pollfd left{socket_.native_handle(), POLLRDHUP, 0};
  return poll(&left, 1, 0) == 1;
}

void Transport::cancel() {
  IoError ignored;
  socket_.cancel(ignored);
}

void Transport::close() {
  IoError ignored;
  socket_.close(ignored);
}

}  // namespace kordon::server
