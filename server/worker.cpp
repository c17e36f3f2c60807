#include "server/worker.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <system_error>

#include "server/log.hpp"

namespace kordon::server {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t read_bytes = 64 * 1024;
constexpr std::size_t events_a_round = 256;
constexpr std::chrono::milliseconds stop_tick{50};

/// A deadline is kept to within a quarter of the shortest timeout, and the date to within a second.
std::chrono::milliseconds tick_of(const config::Timeouts& timeouts) {
  const auto shortest = std::min({timeouts.header, timeouts.body, timeouts.write, timeouts.idle, timeouts.shutdown});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
}

Descriptor opened(int number, const char* what) {
  if (number < 0) throw std::system_error(errno, std::generic_category(), what);
  return Descriptor(number);
}

void watch(const Descriptor& epoll, int socket, std::uint32_t events, void* who) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = who;
  if (epoll_ctl(epoll.get(), EPOLL_CTL_ADD, socket, &event) != 0) {
    throw std::system_error(errno, std::generic_category(), "epoll_ctl");
  }
}

}  // namespace

Worker::Worker(Shared& shared)
    : shared_(shared),
      service_(shared),
      epoll_(opened(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wake_(opened(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")),
      read_buffer_(read_bytes),
      tick_(tick_of(shared.config.timeouts)) {
  watch(epoll_, wake_.get(), EPOLLIN, nullptr);
}

Worker::~Worker() = default;

void Worker::run() {
  while (!stopping_ || !connections_.empty()) {
    try {
      wait_for_events();
      take_turns();
      bury_closed();
      if (now_ >= next_tick_) on_tick();
    } catch (const std::exception& fault) {
      log_error("round_failed", fault.what());
    }
  }
}

void Worker::wait_for_events() {
  std::array<epoll_event, events_a_round> events;
  const auto until_tick = std::chrono::ceil<std::chrono::milliseconds>(next_tick_ - Clock::now());
  const auto wait_ms = turns_.empty() ? std::max<std::int64_t>(until_tick.count(), 0) : 0;
  const int count = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), static_cast<int>(wait_ms));
  now_ = Clock::now();
  for (int i = 0; i < count; ++i) {
    auto* const connection = static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
    const auto what = events[static_cast<std::size_t>(i)].events;
    if (!connection) {
      on_wake();
    } else if (connection->is_open()) {
      guarded(*connection, [&] { connection->on_events(what); });
    }
  }
}

void Worker::take_turns() {
  const auto turns = std::exchange(turns_, {});
  for (auto* connection : turns) {
    connection->waits_for_turn = false;
    if (connection->is_open()) guarded(*connection, [&] { connection->turn(); });
  }
}

template <typename Work>
void Worker::guarded(Connection& connection, Work work) {
  try {
    work();
  } catch (const std::exception& fault) {
    log_error("connection_failed", fault.what());
    connection.close();
  }
  if (!connection.is_open()) closed_.push_back(&connection);
}

void Worker::give_turn(Connection& connection) {
  connection.waits_for_turn = true;
  turns_.push_back(&connection);
}

void Worker::bury_closed() {
  for (auto* connection : std::exchange(closed_, {})) {
    if (connection->waits_for_turn) std::erase(turns_, connection);
    const auto place = connection->place_in_worker;
    std::swap(connections_[place], connections_.back());
    connections_[place]->place_in_worker = place;
    connections_.pop_back();
  }
}

void Worker::adopt(Arrival arrival) {
  {
    const std::scoped_lock lock(mutex_);
    arrivals_.push_back(std::move(arrival));
  }
  wake();
}

void Worker::stop() {
  stop_asked_ = true;
  wake();
}

void Worker::wake() const {
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &once, sizeof once);
}

void Worker::on_wake() {
  std::uint64_t times = 0;
  [[maybe_unused]] const auto count = read(wake_.get(), &times, sizeof times);
  std::vector<Arrival> arrivals;
  {
    const std::scoped_lock lock(mutex_);
    arrivals.swap(arrivals_);
  }
  for (auto& arrival : arrivals) take_in(std::move(arrival));
  if (stop_asked_ && !stopping_) begin_stop();
}

void Worker::take_in(Arrival arrival) {
  auto& connection = *connections_.emplace_back(std::make_unique<Connection>(std::move(arrival), *this));
  connection.place_in_worker = connections_.size() - 1;
  guarded(connection, [&] {
    watch(epoll_, connection.socket(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, &connection);
    connection.turn();
  });
}

void Worker::on_tick() {
  next_tick_ = now_ + tick_;
  service_.tick();
  const bool out_of_grace = stopping_ && now_ >= grace_end_;
  for (const auto& connection : connections_) {
    guarded(*connection, [&] { out_of_grace ? connection->close() : connection->expire(now_); });
  }
  bury_closed();
}

void Worker::begin_stop() {
  stopping_ = true;
  grace_end_ = now_ + config().timeouts.shutdown;
  tick_ = std::min(tick_, stop_tick);
  next_tick_ = now_;
  for (const auto& connection : connections_) connection->stop_soon();
}

}  // namespace kordon::server
