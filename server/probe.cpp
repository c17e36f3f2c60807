#include "server/probe.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>
#include <charconv>
#include <memory>
#include <string_view>

namespace kordon::server {
namespace {

struct BioFree {
  void operator()(BIO* chain) const { BIO_free_all(chain); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

/// As OpenSSL reads it; what stands for every address is reached by loopback.
std::string reachable(const config::Endpoint& endpoint) {
  const std::string address = endpoint.address == "0.0.0.0" ? "127.0.0.1"
                              : endpoint.address == "::"    ? "::1"
                                                            : endpoint.address;
  return fmt::format(fmt::runtime(address.contains(':') ? "[{}]:{}" : "{}:{}"), address, endpoint.port);
}

}  // namespace

std::expected<int, std::string> ask_readiness(const config::Endpoint& endpoint, bool tls) {
  constexpr std::string_view head = "HTTP/1.1 200";
  const auto where = reachable(endpoint);
  const auto request = "GET /readyz HTTP/1.1\r\nHost: " + where + "\r\nConnection: close\r\n\r\n";
  const std::unique_ptr<SSL_CTX, BioFree> context(SSL_CTX_new(TLS_client_method()));
  const std::unique_ptr<BIO, BioFree> chain(tls ? BIO_new_ssl_connect(context.get()) : BIO_new_connect(where.c_str()));
  if (!chain) return std::unexpected(where + ": no memory");
  if (tls) BIO_set_conn_hostname(chain.get(), where.c_str());
  if (BIO_do_connect(chain.get()) != 1) return std::unexpected(where + ": nothing answers");
  BIO_write(chain.get(), request.data(), static_cast<int>(request.size()));

  std::array<char, head.size()> answer{};
  std::size_t size = 0;
  while (size < answer.size()) {
    const int count = BIO_read(chain.get(), answer.data() + size, static_cast<int>(answer.size() - size));
    if (count <= 0) return std::unexpected(where + ": no whole answer");
    size += static_cast<std::size_t>(count);
  }
  int status = 0;
  const auto* const digits = answer.data() + answer.size() - 3;
  if (std::from_chars(digits, digits + 3, status).ec != std::errc()) return std::unexpected(where + ": no HTTP");
  return status;
}

}  // namespace kordon::server
