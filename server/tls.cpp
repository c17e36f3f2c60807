#include "server/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <string_view>

namespace kordon::server {
namespace {

std::string last_error(std::string_view what) {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  return std::string(what) + ": " + text.data();
}

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

}  // namespace

void TlsFree::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
void TlsFree::operator()(SSL* session) const { SSL_free(session); }

std::expected<std::shared_ptr<const TlsIdentity>, std::string> TlsIdentity::load(const config::Tls& files) {
  auto identity = std::make_shared<TlsIdentity>();
  identity->context_.reset(SSL_CTX_new(TLS_server_method()));
  auto* const context = identity->context_.get();
  if (!context) return std::unexpected(last_error("TLS"));
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(context, files.certificate.c_str()) != 1) {
    return std::unexpected(last_error(files.certificate.string()));
  }
  if (SSL_CTX_use_PrivateKey_file(context, files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    return std::unexpected(last_error(files.key.string()));
  }
  return identity;
}

TlsSession TlsIdentity::session(int socket) const {
  TlsSession session(SSL_new(context_.get()));
  if (!session || SSL_set_fd(session.get(), socket) != 1) return {};
  SSL_set_accept_state(session.get());
  return session;
}

}  // namespace kordon::server
