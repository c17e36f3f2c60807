#pragma once

#include <boost/asio/ssl/context.hpp>
#include <expected>
#include <memory>
#include <string>

#include "config/server_config.hpp"

namespace kordon::server {

/// A certificate with its key, for TLS 1.2 and 1.3. Const, so that threads share it and a reload replaces it.
class TlsIdentity {
 public:
  /// The error is one sentence.
  static std::expected<std::shared_ptr<const TlsIdentity>, std::string> load(const config::Tls& files);

  /// Context for new sessions; Asio has no const one, though making a session changes nothing but a count of
  /// references.
  [[nodiscard]] boost::asio::ssl::context& context() const { return context_; }

 private:
  mutable boost::asio::ssl::context context_{boost::asio::ssl::context::tls_server};
};

}  // namespace kordon::server
