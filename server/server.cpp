#include "server/server.hpp"

#include <linux/filter.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <utility>

#include "server/log.hpp"

namespace kordon::server {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::milliseconds accept_pause{100};
constexpr std::chrono::milliseconds handshake_time{50};

/// Between the last accept and the close of a listener, the kernel may complete a handshake: that client believes to be
/// connected, sends its request, and is reset. So SYNs are dropped first (classic BPF on the TCP flags, byte 13), and
/// clients that come now find the port closed when they try again.
void drop_new_handshakes(int listener) {
  std::array<sock_filter, 4> program{{{BPF_LD | BPF_B | BPF_ABS, 0, 0, 13},
                                      {BPF_JMP | BPF_JSET | BPF_K, 0, 1, 0x02},
                                      {BPF_RET | BPF_K, 0, 0, 0},
                                      {BPF_RET | BPF_K, 0, 0, 0xFFFFFFFF}}};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

std::vector<std::unique_ptr<Worker>> make_workers(const config::ServerConfig& config, const SharedWorld& world,
                                                  Answer answer) {
  const unsigned count = config.threads > 0 ? config.threads : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < count; ++i) workers.push_back(std::make_unique<Worker>(config, world, answer));
  return workers;
}

}  // namespace

Server::Server(config::ServerConfig config, std::shared_ptr<const config::World> world, Answer answer)
    : config_(std::move(config)),
      world_(std::move(world)),
      workers_(make_workers(config_, world_, answer)),
      acceptor_(workers_.front()->context()),
      retry_(workers_.front()->context()) {
  listen();
}

Server::~Server() {
  stop();
  join();
}

void Server::listen() {
  const tcp::endpoint endpoint(asio::ip::make_address(config_.listen.address), config_.listen.port);
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(tcp::acceptor::reuse_address(true));
  acceptor_.set_option(tcp::no_delay(true));  // accepted sockets inherit it
  acceptor_.bind(endpoint);
  acceptor_.listen(asio::socket_base::max_listen_connections);
  acceptor_.non_blocking(true);
}

config::Endpoint Server::endpoint() const {
  const auto local = acceptor_.local_endpoint();
  return {local.address().to_string(), local.port()};
}

void Server::start() {
  accept();
  for (auto& worker : workers_) {
    threads_.emplace_back([&worker = *worker] { worker.run(); });
  }
}

void Server::accept() {
  Worker& worker = next_worker();
  acceptor_.async_accept(worker.context(), [this, &worker](boost::system::error_code fault, tcp::socket socket) {
    if (!fault) worker.adopt(std::move(socket));
    on_accept(fault);
  });
}

/// Out of descriptors or memory: the listener must outlive it, and must not spin.
void Server::on_accept(boost::system::error_code fault) {
  if (!acceptor_.is_open() || closing_) return;
  if (!fault || fault == asio::error::connection_aborted) return accept();
  log_error("accept_failed", fault.message());
  retry_.expires_after(accept_pause);
  retry_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) accept();
  });
}

/// Closing a listener resets the connections that wait in its backlog; some of them may carry requests.
void Server::drain_backlog() {
  boost::system::error_code fault;
  for (;;) {
    Worker& worker = next_worker();
    tcp::socket socket(worker.context());
    acceptor_.accept(socket, fault);
    if (fault) return;
    worker.adopt(std::move(socket));
  }
}

void Server::stop() {
  asio::post(workers_.front()->context(), [this] {
    if (!acceptor_.is_open() || std::exchange(closing_, true)) return;
    drop_new_handshakes(acceptor_.native_handle());
    drain_backlog();
    retry_.expires_after(handshake_time);
    retry_.async_wait([this](boost::system::error_code) { close_listener(); });
  });
}

void Server::close_listener() {
  drain_backlog();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  for (auto& worker : workers_) worker->stop();
}

void Server::join() { threads_.clear(); }

}  // namespace kordon::server
