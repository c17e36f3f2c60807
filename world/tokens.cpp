#include "world/tokens.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

namespace kordon::world {
namespace {

std::optional<std::array<std::uint8_t, 32>> read_hash(std::string_view text) {
  std::array<std::uint8_t, 32> hash{};
  if (text.size() != 2 * hash.size()) return {};
  for (std::size_t i = 0; i < hash.size(); ++i) {
    const auto* digits = text.data() + 2 * i;
    if (std::from_chars(digits, digits + 2, hash[i], 16).ptr != digits + 2) return {};
  }
  return hash;
}

std::optional<Token> read_line(std::string_view line) {
  const auto blank = std::min(line.find(' '), line.size());
  const auto hash = read_hash(line.substr(0, blank));
  const auto name = line.substr(std::min(blank + 1, line.size()));
  const bool printable = std::ranges::all_of(name, [](char c) { return c > ' ' && c <= '~'; });
  if (!hash || name.empty() || !printable) return {};
  return Token{*hash, std::string(name)};
}

}  // namespace

std::vector<Token> read_tokens(const std::filesystem::path& file, Faults& faults) {
  std::vector<Token> tokens;
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto fault = [&](std::string message) {
      faults.push_back({fmt::format("{}:{}", file.string(), number), std::move(message)});
    };
    auto token = read_line(line);
    if (!token) {
      fault("expected 64 hexadecimal digits, a blank and a name");
    } else if (std::ranges::find(tokens, token->name, &Token::name) != tokens.end()) {
      fault(fmt::format("name '{}' is used twice", token->name));
    } else if (std::ranges::find(tokens, token->sha256, &Token::sha256) != tokens.end()) {
      fault("the token is given twice");
    } else {
      tokens.push_back(std::move(*token));
    }
  }
  if (tokens.empty()) faults.push_back({file.string(), "holds no token"});
  return tokens;
}

const Token* find_token(const std::vector<Token>& tokens, std::string_view secret) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash;
  const std::vector<std::uint8_t> bytes(secret.begin(), secret.end());
  SHA256(bytes.data(), bytes.size(), hash.data());
  const Token* found = nullptr;
  for (const auto& token : tokens) {
    const bool same = CRYPTO_memcmp(hash.data(), token.sha256.data(), hash.size()) == 0;
    found = same ? &token : found;
  }
  return found;
}

}  // namespace kordon::world
