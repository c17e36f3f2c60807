// HTTPS, with a client of OpenSSL's own.
#include "server/tls.hpp"

#include <doctest/doctest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "tests/server/running.hpp"

using namespace kordon;
using kordon::test::get_text;
using kordon::test::Running;
using kordon::test::Wire;

namespace {

/// A key and a certificate that it signed itself, in files.
kordon::config::Tls made_identity(const char* common_name) {
  const auto folder = std::filesystem::temp_directory_path() / "kordon_server_test_tls";
  std::filesystem::create_directories(folder);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  auto* const name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const config::Tls files{folder / "server.crt", folder / "server.key"};
  std::filesystem::remove(files.key);
  const auto with = [](const std::filesystem::path& path, auto write) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "w"), std::fclose);
    write(file.get());
  };
  with(files.certificate, [&](auto* file) { PEM_write_X509(file, certificate.get()); });
  with(files.key, [&](auto* file) { PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
  std::filesystem::permissions(files.key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  return files;
}

/// A connection that sends and receives as Wire does, over TLS.
class TlsWire {
 public:
  explicit TlsWire(std::uint16_t port, int max_version = 0, const char* ciphers = nullptr)
      : wire_(port), context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free), session_(nullptr, SSL_free) {
    SSL_CTX_set_max_proto_version(context_.get(), max_version);
    if (ciphers != nullptr) SSL_CTX_set_cipher_list(context_.get(), ciphers);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), wire_.socket());
    connected = SSL_connect(session_.get()) == 1;
  }

  void send(const std::string& bytes) { SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); }

  std::string receive() {
    std::string got(100'000, '\0');
    const int count = SSL_read(session_.get(), got.data(), static_cast<int>(got.size()));
    got.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return got;
  }

  std::string common_name() {
    const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(session_.get()), X509_free);
    std::string name(100, '\0');
    name.resize(static_cast<std::size_t>(
        X509_NAME_get_text_by_NID(X509_get_subject_name(peer.get()), NID_commonName, name.data(), 100)));
    return name;
  }

  bool connected = false;

 private:
  kordon::test::Wire wire_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> session_;
};

kordon::config::ServerConfig with_tls(const kordon::config::Tls& files) {
  auto config = kordon::test::small_limits();
  config.tls = files;
  return config;
}

}  // namespace

TEST_CASE("over TLS requests are answered, kept alive, and large answers come whole") {
  std::signal(SIGPIPE, SIG_IGN);
  const kordon::test::Running server(with_tls(made_identity("first")));
  TlsWire wire(server.port());
  REQUIRE(wire.connected);
  CHECK(wire.common_name() == "first");
  for (int i = 0; i < 3; ++i) {
    wire.send(kordon::test::get_text("/livez"));
    CHECK(kordon::test::Wire::status_of(wire.receive()) == 200);
  }
  std::string many;
  for (int i = 0; i < 300; ++i) many += kordon::test::get_text("/v1/evaluate?lon=37&lat=50.6");
  wire.send(many + "GET /livez HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
  std::string answers;
  for (auto more = wire.receive(); !more.empty(); more = wire.receive()) answers += more;
  CHECK(answers.size() > 300 * 1000);
  CHECK(answers.ends_with(R"({"status":"live"})"));
}

TEST_CASE("old versions of TLS and plain HTTP are refused, and the server goes on") {
  const kordon::test::Running server(with_tls(made_identity("first")));
  CHECK_FALSE(TlsWire(server.port(), TLS1_1_VERSION).connected);
  kordon::test::Wire plain(server.port());
  plain.send(kordon::test::get_text("/livez"));
  CHECK_FALSE(plain.receive_rest().starts_with("HTTP/"));
  CHECK(TlsWire(server.port(), TLS1_2_VERSION).connected);
}

TEST_CASE("a reload reads the certificate again, and refuses a bad one") {
  const auto files = made_identity("first");
  kordon::test::Running running(with_tls(files));
  made_identity("second");
  CHECK(TlsWire(running.port()).common_name() == "first");
  CHECK(running.server().serve_world(kordon::test::small_world()));
  CHECK(TlsWire(running.port()).common_name() == "second");
  std::filesystem::resize_file(files.key, 10);
  CHECK_FALSE(running.server().serve_world(kordon::test::small_world()));
  TlsWire wire(running.port());
  CHECK(wire.common_name() == "second");
  wire.send(get_text("/readyz"));
  const auto ready = wire.receive();
  CHECK(ready.contains(R"("last_reload":"refused")"));
  CHECK_FALSE(ready.contains("server.key"));
}

TEST_CASE("a certificate is renewed by itself, whatever else is faulty") {
  Running running(with_tls(made_identity("first")));
  made_identity("second");
  running.server().refuse_world({{"kordon.json", "is faulty"}});
  CHECK(TlsWire(running.port()).common_name() == "first");
  running.server().renew_credentials({});
  CHECK(TlsWire(running.port()).common_name() == "second");
}

TEST_CASE("of TLS 1.2 only ciphers with forward secrecy and authenticated encryption are taken, and HSTS is said") {
  const Running server(with_tls(made_identity("first")));
  const auto connects = [&](const char* ciphers) { return TlsWire(server.port(), TLS1_2_VERSION, ciphers).connected; };
  for (const auto* weak :
       {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM"}) {
    CAPTURE(weak);
    CHECK_FALSE(connects(weak));
  }
  CHECK(connects("ECDHE-ECDSA-AES128-GCM-SHA256"));
  CHECK(connects("ECDHE-ECDSA-CHACHA20-POLY1305"));
  TlsWire wire(server.port());
  wire.send(get_text("/livez"));
  CHECK(wire.receive().contains("Strict-Transport-Security: max-age=31536000\r\n"));
}

TEST_CASE("a key that all may read is refused") {
  const auto files = made_identity("first");
  using std::filesystem::perms;
  std::filesystem::permissions(files.key, perms::owner_read | perms::group_read | perms::others_read);
  CHECK_THROWS(Running(with_tls(files)));
  std::filesystem::permissions(files.key, perms::owner_read | perms::group_read);
  CHECK(TlsWire(Running(with_tls(files)).port()).connected);
}

TEST_CASE("a certificate that cannot be used is said at once") {
  const auto files = made_identity("first");
  CHECK_THROWS(kordon::test::Running(with_tls({files.key, files.certificate})));
}
