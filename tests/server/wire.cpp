#include "tests/server/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace kordon::test {

config::ServerConfig small_limits() {
  using std::chrono::milliseconds;
  config::ServerConfig config;
  config.listen = {"127.0.0.1", 0};
  config.hosts = {"*"};
  config.threads = 2;
  config.limits.body_bytes = 1000;
  config.limits.header_bytes = 2000;
  config.limits.batch_rows = 100;
  config.timeouts.header = config.timeouts.body = milliseconds(300);
  config.timeouts.write = milliseconds(2000);
  config.timeouts.idle = milliseconds(600);
  config.timeouts.shutdown = milliseconds(400);
  return config;
}

Wire::Wire(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (socket_ < 0) throw std::runtime_error("no socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return;
  close(socket_);
  throw std::runtime_error("connection refused");
}

Wire::~Wire() { close(socket_); }

void Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

bool Wire::fill(int timeout_ms) {
  pollfd ready{socket_, POLLIN, 0};
  if (poll(&ready, 1, timeout_ms) <= 0) throw std::runtime_error("no answer in time");
  std::array<char, 65536> bytes;
  const auto count = recv(socket_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  buffer_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string Wire::receive_header() {
  while (!buffer_.contains("\r\n\r\n")) {
    if (!fill(5000)) return {};
  }
  const auto end = buffer_.find("\r\n\r\n") + 4;
  auto header = buffer_.substr(0, end);
  buffer_.erase(0, end);
  return header;
}

std::string Wire::receive() {
  auto answer = receive_header();
  const auto field = answer.find("Content-Length: ");
  if (field == answer.npos) return answer;
  const auto length = static_cast<std::size_t>(std::atoll(answer.c_str() + field + 16));
  while (buffer_.size() < length) {
    if (!fill(5000)) throw std::runtime_error("answer cut short");
  }
  answer += buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::string Wire::receive_chunk() {
  while (!buffer_.contains("\r\n")) {
    if (!fill(5000)) throw std::runtime_error("no chunk");
  }
  const auto start = buffer_.find("\r\n") + 2;
  const auto size = static_cast<std::size_t>(std::stoull(buffer_, nullptr, 16));
  while (buffer_.size() < start + size + 2) {
    if (!fill(5000)) throw std::runtime_error("chunk cut short");
  }
  auto content = buffer_.substr(start, size);
  buffer_.erase(0, start + size + 2);
  return content;
}

std::string Wire::receive_chunked() {
  std::string all;
  for (auto content = receive_chunk(); !content.empty(); content = receive_chunk()) all += content;
  return all;
}

std::string Wire::receive_rest() {
  while (fill(5000)) {
  }
  return std::exchange(buffer_, {});
}

bool Wire::ready_within(std::chrono::milliseconds time) const {
  pollfd ready{socket_, POLLIN, 0};
  return poll(&ready, 1, static_cast<int>(time.count())) > 0;
}

bool Wire::closed_within(std::chrono::milliseconds time) {
  if (!ready_within(time)) return false;
  char byte = 0;
  return recv(socket_, &byte, 1, MSG_PEEK) <= 0;
}

int Wire::status_of(std::string_view answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::atoi(std::string(answer.substr(9, 3)).c_str()) : 0;
}

std::string Wire::body_of(std::string_view answer) {
  const auto end = answer.find("\r\n\r\n");
  return end == answer.npos ? std::string() : std::string(answer.substr(end + 4));
}

std::string get_text(std::string_view target) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

}  // namespace kordon::test
