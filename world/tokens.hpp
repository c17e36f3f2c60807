#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/atlas/fault.hpp"

namespace kordon::world {

/// A bearer token, of which only the hash is known.
struct Token {
  std::array<std::uint8_t, 32> sha256{};
  std::string name;  ///< for logs
};

/// Reads a file with a line `<64 hexadecimal digits> <name>` for each token; blank lines and lines that begin with `#`
/// are skipped. Every fault is appended: a line of another form, a hash or name given twice, the hash of an empty
/// text, no token at all.
std::vector<Token> read_tokens(const std::filesystem::path& file, Faults& faults);

/// A token that was not there before.
struct NewToken {
  std::string line;    ///< for the file of tokens
  std::string secret;  ///< 256 random bits as 64 digits: for the client, and kept nowhere
};

/// The error is one sentence: a name that a line could not hold. Throws where the machine has no random bytes.
std::expected<NewToken, std::string> make_token(std::string_view name);

/// The token with this secret, or none; none for an empty one, whatever hashes there are. The time does not tell how
/// much of a wrong secret is right, nor which token it is: every hash is compared whole.
const Token* find_token(const std::vector<Token>& tokens, std::string_view secret);

}  // namespace kordon::world
