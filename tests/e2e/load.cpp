// Asks for random positions at a steady rate and tells what became of every request.
//   load PORT RATE_PER_S SECONDS CONNECTIONS [until-refused]
// Latency counts from when a request was due, so that a server that stalls is not spared the requests it held up.
// Prints one JSON object: answered, wrong (not 200), lost (sent on an open connection, never answered whole), refused
// (connections), and percentiles in milliseconds. With `until-refused` a thread ends when it cannot connect. SIGTERM
// ends all once they have their answers.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/descriptor.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using kordon::server::Descriptor;

struct Options {
  std::uint16_t port = 0;
  double rate_per_s = 0;
  double seconds = 0;
  unsigned connections = 1;
  bool until_refused = false;
};

struct Counts {
  std::uint64_t answered = 0;
  std::uint64_t wrong = 0;
  std::uint64_t lost = 0;
  std::uint64_t refused = 0;
  std::vector<double> latencies_ms;
};

std::atomic<bool> asked_to_end = false;

enum class Fate { answered, wrong, lost };

class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}

  /// As clients do: a connection that the server has closed meanwhile is not used again.
  bool connect() {
    pollfd news{socket_.get(), POLLIN, 0};
    if (socket_.is_open() && poll(&news, 1, 0) == 0) return true;
    kordon::server::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{
        .sin_family = AF_INET, .sin_port = htons(port_), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
    const int on = 1;
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return false;
    socket_ = std::move(socket);
    return true;
  }

  Fate ask(std::string_view request) {
    const auto fate = exchange(request);
    if (fate == Fate::lost || received_.contains("\r\nConnection: close\r\n")) socket_.reset();
    return fate;
  }

 private:
  Fate exchange(std::string_view request) {
    received_.clear();
    if (send(socket_.get(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
      return Fate::lost;
    }
    auto end = received_.npos;
    while ((end = received_.find("\r\n\r\n")) == received_.npos) {
      if (!receive()) return Fate::lost;
    }
    const auto field = received_.find("Content-Length: ");
    const auto length = field == received_.npos ? 0 : std::strtoull(received_.c_str() + field + 16, nullptr, 10);
    while (received_.size() < end + 4 + length) {
      if (!receive()) return Fate::lost;
    }
    return received_.starts_with("HTTP/1.1 200 ") ? Fate::answered : Fate::wrong;
  }

  bool receive() {
    std::array<char, 16384> bytes;
    const auto count = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    received_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }

  std::uint16_t port_;
  kordon::server::Descriptor socket_;
  std::string received_;
};

std::string random_request(std::mt19937& random) {
  std::uniform_real_distribution<double> lon(33, 41);
  std::uniform_real_distribution<double> lat(48, 52.5);
  return fmt::format(
      "GET /v1/evaluate?lon={:.5f}&lat={:.5f}&at=2024-06-15T00:00:00Z HTTP/1.1\r\nHost: localhost\r\n\r\n", lon(random),
      lat(random));
}

Counts ask_steadily(const Options& options, unsigned number, Clock::time_point start) {
  const std::chrono::duration<double> gap(options.connections / options.rate_per_s);
  const auto end = start + std::chrono::duration<double>(options.seconds);
  Client client(options.port);
  std::mt19937 random(number);
  Counts counts;
  auto due = start + std::chrono::duration_cast<Clock::duration>(gap * number / options.connections);
  for (; due < end && !asked_to_end; due += std::chrono::duration_cast<Clock::duration>(gap)) {
    std::this_thread::sleep_until(due);
    if (!client.connect()) {
      ++counts.refused;
      if (options.until_refused) break;
      continue;
    }
    const auto fate = client.ask(random_request(random));
    ++(fate == Fate::answered ? counts.answered : fate == Fate::wrong ? counts.wrong : counts.lost);
    counts.latencies_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - due).count());
  }
  return counts;
}

Counts run(const Options& options) {
  std::vector<Counts> by_thread(options.connections);
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < options.connections; ++i) {
      threads.emplace_back([&, i] { by_thread[i] = ask_steadily(options, i, start); });
    }
  }
  Counts all;
  for (const auto& counts : by_thread) {
    all.answered += counts.answered;
    all.wrong += counts.wrong;
    all.lost += counts.lost;
    all.refused += counts.refused;
    all.latencies_ms.insert(all.latencies_ms.end(), counts.latencies_ms.begin(), counts.latencies_ms.end());
  }
  std::ranges::sort(all.latencies_ms);
  return all;
}

double percentile(const std::vector<double>& sorted, double share) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print(stderr, "load PORT RATE_PER_S SECONDS CONNECTIONS [until-refused]\n");
    return 2;
  }
  const Options options{.port = static_cast<std::uint16_t>(std::atoi(argv[1])),
                        .rate_per_s = std::atof(argv[2]),
                        .seconds = std::atof(argv[3]),
                        .connections = static_cast<unsigned>(std::atoi(argv[4])),
                        .until_refused = argc > 5};
  std::signal(SIGTERM, [](int) { asked_to_end = true; });
  const auto counts = run(options);
  fmt::print(R"({{"answered":{},"wrong":{},"lost":{},"refused":{},"p50_ms":{:.3f},"p99_ms":{:.3f},"max_ms":{:.3f}}})"
             "\n",
             counts.answered, counts.wrong, counts.lost, counts.refused, percentile(counts.latencies_ms, 0.5),
             percentile(counts.latencies_ms, 0.99), percentile(counts.latencies_ms, 1));
  return 0;
}
