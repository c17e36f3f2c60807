#include "server/transport.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace kordon::server {
namespace {

IoResult result_of(ssize_t count) {
  if (count > 0) return {IoState::done, static_cast<std::size_t>(count)};
  const bool later = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return {later ? IoState::again : IoState::closed};
}

}  // namespace

IoResult Transport::read(std::span<char> into) { return result_of(recv(socket_.get(), into.data(), into.size(), 0)); }

IoResult Transport::write(std::string_view bytes) {
  return result_of(send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

void Transport::finish_writing() { shutdown(socket_.get(), SHUT_WR); }

}  // namespace kordon::server
