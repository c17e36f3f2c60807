#include "config/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace kordon::config {
namespace {

void check(int result) {
  if (result != 1) throw std::runtime_error("OpenSSL has no SHA-256");
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256::Sha256() : context_(EVP_MD_CTX_new()) { check(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr)); }

Sha256::Sha256(const Sha256& other) : context_(EVP_MD_CTX_new()) {
  check(EVP_MD_CTX_copy_ex(context_.get(), other.context_.get()));
}

void Sha256::add(std::string_view bytes) { check(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size())); }

std::string Sha256::digest() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
  unsigned size = 0;
  check(EVP_DigestFinal_ex(context_.get(), bytes.data(), &size));
  return {bytes.begin(), bytes.begin() + size};
}

std::string Sha256::hex() {
  std::string text;
  for (const char byte : digest()) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

std::string Sha256::base64() {
  const auto bytes = digest();
  const std::vector<unsigned char> from(bytes.begin(), bytes.end());
  std::vector<unsigned char> to((from.size() + 2) / 3 * 4 + 1);
  const int size = EVP_EncodeBlock(to.data(), from.data(), static_cast<int>(from.size()));
  return {to.begin(), to.begin() + size};
}

}  // namespace kordon::config
