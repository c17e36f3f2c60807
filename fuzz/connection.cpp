// A whole connection to a server with tight limits: what a client sends comes in any pieces, it reads as it likes or
// not at all, and leaves in the middle or waits for the end.
#include <arpa/inet.h>
#include <fuzzer/FuzzedDataProvider.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <string>

#include "fuzz/check.hpp"
#include "fuzz/small_world.hpp"
#include "server/server.hpp"

using namespace kordon;

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t held_bytes = 1U << 20U;
/// What one turn may bring beyond the limit, and what is too little to be counted.
constexpr std::size_t uncounted_bytes = 512U << 10U;
constexpr auto patience = 5s;

config::ServerConfig tight_config() {
  config::ServerConfig config;
  config.listen.port = 0;
  config.admin_listen = config.listen;
  config.hosts = {"*"};
  config.threads = 1;
  config.limits.body_bytes = 3000;
  config.limits.header_bytes = 2000;
  config.limits.held_bytes = held_bytes;
  config.limits.spool_bytes = config.limits.stream_spool_bytes = held_bytes;
  config.limits.streams = 4;
  config.timeouts.header = config.timeouts.body = config.timeouts.write = config.timeouts.idle = 300ms;
  config.timeouts.shutdown = 300ms;
  return config;
}

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // It leaves by a reset, so that no port waits.
    const linger reset{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    // libFuzzer's alarm interrupts calls.
    int failed = 0;
    do {
      failed = connect(socket_, reinterpret_cast<const sockaddr*>(&at), sizeof at);  // NOLINT(*-reinterpret-cast)
    } while (failed != 0 && (errno == EINTR || errno == EALREADY));
    fuzz::check(failed == 0 || errno == EISCONN);
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// What the server does not take is left out.
  void send(std::string_view bytes) const {
    std::ignore = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
  void end_sending() const { shutdown(socket_, SHUT_WR); }

  /// Waits a little for something, and takes up to so many bytes of it. False at the end.
  bool receive(std::size_t most, std::chrono::milliseconds time) {
    pollfd readable{socket_, POLLIN, 0};
    if (poll(&readable, 1, static_cast<int>(time.count())) <= 0) return true;
    const auto before = received_.size();
    received_.resize(before + most);
    const auto bytes = recv(socket_, received_.data() + before, most, MSG_DONTWAIT);
    received_.resize(before + (bytes > 0 ? static_cast<std::size_t>(bytes) : 0));
    return bytes > 0 || (bytes < 0 && (errno == EINTR || errno == EAGAIN));
  }
  bool ends_within(std::chrono::seconds time) {
    for (const auto end = Clock::now() + time; Clock::now() < end;) {
      if (!receive(64U << 10U, 100ms)) return true;
    }
    return false;
  }
  [[nodiscard]] const std::string& received() const { return received_; }

 private:
  int socket_;
  std::string received_;
};

class Served {
 public:
  Served() : server_(tight_config(), {std::shared_ptr<void>(), &fuzz::small_world()}) { server_.start(); }

  [[nodiscard]] std::uint16_t port() const { return server_.endpoint().port; }

  /// Within the limit at once, and given back soon after the clients have gone.
  void check_budget() const {
    const auto end = Clock::now() + patience;
    auto now_bytes = in_memory();
    fuzz::check(now_bytes <= held_bytes + uncounted_bytes);
    while (now_bytes > 64U << 10U && Clock::now() < end) now_bytes = in_memory();
    fuzz::check(now_bytes <= 64U << 10U);
  }

 private:
  /// As the operators see it.
  [[nodiscard]] std::size_t in_memory() const {
    Client client(server_.admin_endpoint()->port);
    client.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    fuzz::check(client.ends_within(patience));
    const auto& text = client.received();
    fuzz::check(text.starts_with("HTTP/1.1 200 "));
    std::size_t sum = 0;
    for (const std::string_view kind : {"received", "parsed", "waiting"}) {
      const auto line = "\nkordon_held_bytes{kind=\"" + std::string(kind) + "\"} ";
      const auto at = text.find(line);
      fuzz::check(at != std::string::npos);
      sum += static_cast<std::size_t>(std::strtod(text.c_str() + at + line.size(), nullptr));
    }
    return sum;
  }

  server::Server server_;
};

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Served served;
  static unsigned rounds = 0;
  {
    FuzzedDataProvider given(data, size);
    const bool leaves = given.ConsumeBool();
    const bool reads = given.ConsumeBool();
    Client client(served.port());
    while (given.remaining_bytes() > 0) {
      client.send(given.ConsumeBytesAsString(given.ConsumeIntegralInRange<std::size_t>(1, 400)));
      if (reads) client.receive(given.ConsumeIntegralInRange<std::size_t>(1, 1000), 1ms);
    }
    if (!leaves) {
      client.end_sending();
      fuzz::check(client.ends_within(patience));
      fuzz::check(client.received().empty() || client.received().starts_with("HTTP/1.1 "));
    }
  }
  if (++rounds % 64 == 0) served.check_budget();
  return 0;
}
