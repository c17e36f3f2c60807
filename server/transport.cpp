#include "server/transport.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>

namespace kordon::server {
namespace {

IoResult result_of(ssize_t count) {
  if (count > 0) return {IoState::done, static_cast<std::size_t>(count)};
  const bool later = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
  return {later ? IoState::again : IoState::closed};
}

int int_size(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

}  // namespace

IoResult Transport::tls_result(int count) const {
  if (count > 0) return {IoState::done, static_cast<std::size_t>(count)};
  const int error = SSL_get_error(tls_.get(), count);
  return {error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? IoState::again : IoState::closed};
}

IoResult Transport::read(std::span<char> into) {
  if (tls_) {
    ERR_clear_error();
    return tls_result(SSL_read(tls_.get(), into.data(), int_size(into.size())));
  }
  auto result = result_of(recv(socket_.get(), into.data(), into.size(), 0));
  result.drained = result.bytes < into.size();
  return result;
}

IoResult Transport::write(std::string_view bytes) {
  if (!tls_) return result_of(send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
  ERR_clear_error();
  return tls_result(SSL_write(tls_.get(), bytes.data(), int_size(bytes.size())));
}

void Transport::finish_writing() {
  if (tls_) {
    ERR_clear_error();
    SSL_shutdown(tls_.get());
  }
  shutdown(socket_.get(), SHUT_WR);
}

}  // namespace kordon::server
