#include "tests/server/guarded.hpp"

namespace kordon::test {

server::WorldPointer guarded_world() {
  auto world = small_world();
  constexpr std::string_view hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
  world::Token token{.sha256 = {}, .name = "alice"};
  for (std::size_t i = 0; i < token.sha256.size(); ++i) {
    token.sha256[i] = static_cast<std::uint8_t>(std::stoi(std::string(hash.substr(2 * i, 2)), nullptr, 16));
  }
  world->tokens = {token};
  return world;
}

std::string answer(std::uint16_t port, std::string_view request) {
  Wire wire(port);
  wire.send(request);
  return wire.receive();
}

std::string with_token(std::string_view target, std::string_view authorization) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nAuthorization: " + std::string(authorization) +
         "\r\n\r\n";
}

std::string announced(std::string_view method, std::string_view target, std::string_view framing) {
  return std::string(method) + " " + std::string(target) + " HTTP/1.1\r\nHost: t\r\n" + std::string(framing) +
         "\r\n\r\n";
}

}  // namespace kordon::test
