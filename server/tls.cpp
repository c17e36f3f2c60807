#include "server/tls.hpp"

#include <openssl/ssl.h>

#include <array>
#include <boost/system/system_error.hpp>
#include <filesystem>

namespace kordon::server {
namespace {

using boost::asio::ssl::context;

/// Of what the client offers, only HTTP/1.1.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  static constexpr std::array<unsigned char, 9> http_1_1{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  const int result =
      SSL_select_next_proto(&selected, chosen_size, http_1_1.data(), http_1_1.size(), offered, offered_size);
  *chosen = selected;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

bool is_for_all(const std::filesystem::path& file) {
  std::error_code error;
  const auto mode = std::filesystem::status(file, error).permissions();
  return !error && (mode & std::filesystem::perms::others_read) != std::filesystem::perms::none;
}

}  // namespace

std::expected<std::shared_ptr<const TlsIdentity>, std::string> TlsIdentity::load(const config::Tls& files) {
  auto identity = std::make_shared<TlsIdentity>();
  auto& tls = identity->context_;
  auto* const native = tls.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");  // of 1.2; all of 1.3 are of this kind
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  boost::system::error_code error;
  const auto fault = [&](const std::filesystem::path& file) {
    return std::unexpected(file.string() + ": " + error.message());
  };
  if (is_for_all(files.key)) return std::unexpected(files.key.string() + ": may be read by all; chmod o= it");
  tls.use_certificate_chain_file(files.certificate.string(), error);
  if (error) return fault(files.certificate);
  tls.use_private_key_file(files.key.string(), context::pem, error);
  if (error) return fault(files.key);
  return identity;
}

}  // namespace kordon::server
