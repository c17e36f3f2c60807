#include "server/server.hpp"

#include <linux/filter.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include "server/log.hpp"

namespace kordon::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds accept_pause{100};
constexpr milliseconds handshake_time{50};

/// Between the last accept and the close of a listener, the kernel may complete a handshake: that client believes to be
/// connected, sends its request, and is reset. So SYNs are dropped first (classic BPF on the TCP flags, byte 13), and
/// clients that come now find the port closed when they try again.
void drop_new_handshakes(const Descriptor& listener) {
  std::array<sock_filter, 4> program{{{BPF_LD | BPF_B | BPF_ABS, 0, 0, 13},
                                      {BPF_JMP | BPF_JSET | BPF_K, 0, 1, 0x02},
                                      {BPF_RET | BPF_K, 0, 0, 0},
                                      {BPF_RET | BPF_K, 0, 0, 0xFFFFFFFF}}};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  setsockopt(listener.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

std::vector<std::unique_ptr<Worker>> make_workers(Shared& shared) {
  const unsigned wanted = shared.config.threads;
  const unsigned count = wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < count; ++i) workers.push_back(std::make_unique<Worker>(shared));
  return workers;
}

/// Until the time is over, or one of them can be read. Whether the first can.
bool readable(std::array<pollfd, 2> descriptors, milliseconds time) {
  poll(descriptors.data(), descriptors.size(), static_cast<int>(time.count()));
  return descriptors[0].revents != 0;
}

}  // namespace

Server::Server(config::ServerConfig config, WorldPointer world, Answer answer)
    : shared_(std::move(config), std::move(world), answer),
      listener_(listen_on(shared_.config.listen)),
      endpoint_(local_endpoint(listener_)),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      workers_(make_workers(shared_)) {}

Server::~Server() {
  stop();
  join();
}

void Server::start() {
  for (auto& worker : workers_) {
    threads_.emplace_back([&worker = *worker] { worker.run(); });
  }
  threads_.emplace_back([this] { accept_until_stopped(); });
}

void Server::stop() {
  shared_.ready = false;
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &once, sizeof once);
}

void Server::join() { threads_.clear(); }

void Server::accept_until_stopped() {
  constexpr milliseconds forever{-1};
  while (!stopped_within(forever, true)) accept_waiting();
  const auto end = std::chrono::steady_clock::now() + shared_.config.timeouts.unready;
  for (auto now = end - shared_.config.timeouts.unready; now < end; now = std::chrono::steady_clock::now()) {
    readable({pollfd{-1, 0, 0}, pollfd{listener_.get(), POLLIN, 0}}, std::chrono::ceil<milliseconds>(end - now));
    accept_waiting();
  }
  close_listener();
}

bool Server::stopped_within(milliseconds time, bool or_connection) {
  return readable({pollfd{wake_.get(), POLLIN, 0}, pollfd{or_connection ? listener_.get() : -1, POLLIN, 0}}, time);
}

/// Takes what is in the backlog. Out of descriptors or memory, it pauses: the listener must outlive it, and must not
/// spin.
void Server::accept_waiting() {
  while (accept_one()) {
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK) return;
  log_error("accept_failed", std::generic_category().message(errno));
  stopped_within(accept_pause, false);
}

bool Server::accept_one() {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  // NOLINTNEXTLINE(*-reinterpret-cast): the sockets API
  Descriptor socket(accept4(listener_.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.is_open()) return errno == ECONNABORTED || errno == EINTR;
  auto place = shared_.admission.enter(client_address(peer));
  if (place.verdict() == Admission::Verdict::dropped) return true;
  workers_[next_++ % workers_.size()]->adopt({std::move(socket), std::move(place)});
  return true;
}

/// Closing a listener resets the connections that wait in its backlog; some of them may carry requests.
void Server::close_listener() {
  drop_new_handshakes(listener_);
  accept_waiting();
  std::this_thread::sleep_for(handshake_time);
  accept_waiting();
  listener_.reset();
  shared_.draining = true;
  for (auto& worker : workers_) worker->stop();
}

}  // namespace kordon::server
