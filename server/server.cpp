#include "server/server.hpp"

#include <linux/filter.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "config/processors.hpp"
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
  const unsigned count = wanted > 0 ? wanted : config::usable_processors();
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < count; ++i) {
    workers.push_back(std::make_unique<Worker>(shared));
    shared.metrics.push_back(&workers.back()->service().metrics());
  }
  return workers;
}

std::optional<AtomicSnapshot<TlsIdentity>> load_tls(const std::optional<config::Tls>& files) {
  if (!files) return {};
  auto identity = TlsIdentity::load(*files);
  if (!identity) throw std::runtime_error(identity.error());
  return std::optional<AtomicSnapshot<TlsIdentity>>(std::in_place, std::move(*identity));
}

std::optional<config::Endpoint> endpoint_of(const Descriptor& listener) {
  if (!listener.is_open()) return {};
  return local_endpoint(listener);
}

pollfd input_of(const Descriptor& descriptor) { return {descriptor.get(), POLLIN, 0}; }

/// Waits until one of them can be read or the time is over; negative: for ever. Whether the first can be.
bool wait_for(std::array<pollfd, 3> descriptors, milliseconds time) {
  poll(descriptors.data(), descriptors.size(), static_cast<int>(time.count()));
  return descriptors[0].revents != 0;
}

}  // namespace

Server::Server(config::ServerConfig config, WorldPointer world, Answer answer)
    : shared_(std::move(config), std::move(world), answer),
      tls_(load_tls(shared_.config.tls)),
      listener_(listen_on(shared_.config.listen)),
      admin_listener_(shared_.config.admin_listen ? listen_on(*shared_.config.admin_listen) : Descriptor()),
      endpoint_(local_endpoint(listener_)),
      admin_endpoint_(endpoint_of(admin_listener_)),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      workers_(make_workers(shared_)),
      answers_(shared_, workers_.size()) {
  shared_.answers = &answers_;
}

Server::~Server() {
  stop();
  join();
}

void Server::start() {
  answers_.start();
  for (auto& worker : workers_) {
    threads_.emplace_back([&worker = *worker] { worker.run(); });
  }
  threads_.emplace_back([this] { accept_until_stopped(); });
}

bool Server::serve_world(WorldPointer world) {
  if (tls_) {
    auto identity = TlsIdentity::load(*shared_.config.tls);
    if (!identity) {
      refuse_world({{"tls", identity.error()}});
      return false;
    }
    tls_->set(std::move(*identity));
  }
  log_info("reloaded", world->data_version);
  shared_.tokens.set(tokens_of(*world));
  shared_.world.set(std::move(world));
  shared_.reloads.note_served();
  return true;
}

void Server::renew_credentials(const std::filesystem::path& tokens) {
  if (!tokens.empty()) {
    Faults faults;
    auto list = world::read_tokens(tokens, faults);
    for (const auto& [where, message] : faults) log_error("token_refused", where + ": " + message);
    if (std::ifstream(tokens).is_open()) {
      shared_.tokens.set(std::make_shared<const Tokens>(Tokens{true, std::move(list)}));
    }
  }
  if (!tls_) return;
  auto identity = TlsIdentity::load(*shared_.config.tls);
  if (!identity) return log_error("certificate_refused", identity.error());
  tls_->set(std::move(*identity));
}

void Server::refuse_world(const Faults& faults) {
  for (const auto& [where, message] : faults) log_error("reload_refused", where + ": " + message);
  shared_.reloads.note_refused(faults);
}

void Server::stop() {
  shared_.ready = false;
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &once, sizeof once);
}

void Server::join() { threads_.clear(); }

void Server::accept_until_stopped() {
  constexpr milliseconds forever{-1};
  while (!wait_for({input_of(wake_), input_of(listener_), input_of(admin_listener_)}, forever)) accept_waiting();
  const auto end = std::chrono::steady_clock::now() + shared_.config.timeouts.unready;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now());
    if (left <= milliseconds(0)) break;
    wait_for({input_of({}), input_of(listener_), input_of(admin_listener_)}, left);
    accept_waiting();
  }
  close_listeners();
}

/// Takes what is in the backlogs. Out of descriptors or memory, it pauses: the listener must outlive it, and must not
/// spin.
void Server::accept_waiting() {
  while (accept_one(listener_, false)) {
  }
  const int fault = errno;
  while (admin_listener_.is_open() && accept_one(admin_listener_, true)) {
  }
  if (fault == EAGAIN || fault == EWOULDBLOCK) return;
  log_error("accept_failed", std::generic_category().message(fault));
  wait_for({input_of(wake_), input_of({}), input_of({})}, accept_pause);
}

bool Server::accept_one(const Descriptor& listener, bool operators) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  // NOLINTNEXTLINE(*-reinterpret-cast): the sockets API
  Descriptor socket(accept4(listener.get(), reinterpret_cast<sockaddr*>(&peer), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!socket.is_open()) return errno == ECONNABORTED || errno == EINTR;
  const Caller caller{client_address(peer), operators, !operators && tls_};
  auto place = shared_.admission.enter(caller);
  if (place.verdict() == Admission::Verdict::dropped) return true;
  workers_[next_++ % workers_.size()]->adopt(
      {std::move(socket), std::move(place), caller, caller.tls ? tls_->get() : nullptr});
  return true;
}

/// Closing a listener resets the connections that wait in its backlog; some of them may carry requests.
void Server::close_listeners() {
  for (const auto* listener : {&listener_, &admin_listener_}) {
    if (listener->is_open()) drop_new_handshakes(*listener);
  }
  accept_waiting();
  std::this_thread::sleep_for(handshake_time);
  accept_waiting();
  listener_.reset();
  admin_listener_.reset();
  shared_.draining = true;
  for (auto& worker : workers_) worker->stop();
}

}  // namespace kordon::server
