#include "world/tokens.hpp"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>
#include <stdexcept>

#include "config/sha256.hpp"

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

/// SHA-256 of texts that an unset variable makes of a documented command: nothing, and a line end alone.
constexpr std::array<std::string_view, 2> hashes_of_nothing{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
};

bool is_of_nothing(const Token& token) {
  return std::ranges::any_of(hashes_of_nothing, [&](auto hash) { return *read_hash(hash) == token.sha256; });
}

bool is_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::optional<Token> read_line(std::string_view line) {
  const auto blank = std::min(line.find(' '), line.size());
  const auto hash = read_hash(line.substr(0, blank));
  const auto name = line.substr(std::min(blank + 1, line.size()));
  if (!hash || !is_name(name)) return {};
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
    } else if (is_of_nothing(*token)) {
      fault("is the hash of an empty text, as an unset variable makes it; make the token with `kordon token NAME`");
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

std::expected<NewToken, std::string> make_token(std::string_view name) {
  if (!is_name(name)) return std::unexpected("a token's name is of printable ASCII without blanks");
  std::array<unsigned char, 32> random;
  if (RAND_bytes(random.data(), random.size()) != 1) throw std::runtime_error("OpenSSL has no random bytes");
  NewToken made;
  for (const auto byte : random) made.secret += fmt::format("{:02x}", byte);
  config::Sha256 hash;
  hash.add(made.secret);
  made.line = fmt::format("{} {}", hash.hex(), name);
  return made;
}

const Token* find_token(const std::vector<Token>& tokens, std::string_view secret) {
  if (secret.empty()) return nullptr;
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
