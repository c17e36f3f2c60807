#pragma once

#include <openssl/types.h>

#include <expected>
#include <memory>
#include <string>

#include "config/server_config.hpp"

namespace kordon::server {

struct TlsFree {
  void operator()(SSL_CTX* context) const;
  void operator()(SSL* session) const;
};
using TlsSession = std::unique_ptr<SSL, TlsFree>;

/// A certificate with its key, for TLS 1.2 and 1.3. Const, so that threads share it and a reload replaces it.
class TlsIdentity {
 public:
  /// The error is one sentence.
  static std::expected<std::shared_ptr<const TlsIdentity>, std::string> load(const config::Tls& files);

  /// The server's side of one connection over this socket; empty where memory is out.
  [[nodiscard]] TlsSession session(int socket) const;

 private:
  std::unique_ptr<SSL_CTX, TlsFree> context_;
};

}  // namespace kordon::server
