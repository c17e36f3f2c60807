#include "server/worker.hpp"

#include <malloc.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "server/log.hpp"

namespace kordon::server {
namespace {

constexpr std::chrono::milliseconds stop_tick{50};
constexpr std::size_t crowd = 1000;  // connections

/// A deadline is kept to within a quarter of the shortest timeout, and the date to within a second.
std::chrono::milliseconds tick_of(const config::Timeouts& timeouts) {
  const auto shortest = std::min({timeouts.header, timeouts.body, timeouts.write, timeouts.idle, timeouts.shutdown});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
}

}  // namespace

Worker::Worker(Shared& shared) : shared_(shared), service_(shared), tick_(tick_of(shared.config.timeouts)) {
  wait_for_tick();
}

void Worker::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& fault) {
      log_error("round_failed", fault.what());
    }
  }
}

void Worker::adopt(Arrival arrival) {
  asio::post(context_, [this, arrival = std::move(arrival)]() mutable { take_in(std::move(arrival)); });
}

void Worker::stop() {
  asio::post(context_, [this] {
    if (!stopping_) begin_stop();
  });
}

void Worker::take_in(Arrival arrival) {
  auto connection = std::make_shared<Connection>(std::move(arrival), *this);
  connection->place_in_worker = connections_.size();
  connections_.push_back(connection);
  connection->start();
}

void Worker::forget(const Connection& connection) {
  const auto place = connection.place_in_worker;
  std::swap(connections_[place], connections_.back());
  connections_[place]->place_in_worker = place;
  connections_.pop_back();
}

void Worker::put_off(std::function<void()> work) {
  put_off_.push_back(std::move(work));
  if (put_off_.size() == 1) call_put_off();
}

/// Handlers are called in the order in which they are posted, and sockets are looked at once in each round of them: the
/// second post comes behind all that had come by the first.
void Worker::call_put_off() {
  asio::post(context_, [this] {
    asio::post(context_, [this] {
      const auto work = std::move(put_off_.front());
      put_off_.pop_front();
      if (!put_off_.empty()) call_put_off();
      work();
    });
  });
}

void Worker::wait_for_tick() {
  ticks_.expires_after(tick_);
  ticks_.async_wait([this](const IoError&) { on_tick(); });
}

void Worker::on_tick() {
  if (!stopping_ || !connections_.empty()) wait_for_tick();
  service_.tick();
  const bool out_of_grace = stopping_ && now() >= grace_end_;
  for (const auto& connection : std::vector(connections_)) {
    out_of_grace ? connection->close("stopped") : connection->expire(now());
  }
  give_memory_back();
}

/// When a crowd has gone: the allocator would keep what lies between the others.
void Worker::give_memory_back() {
  most_connections_ = std::max(most_connections_, connections_.size());
  if (most_connections_ < crowd || connections_.size() > most_connections_ / 2) return;
  malloc_trim(0);
  most_connections_ = connections_.size();
}

void Worker::begin_stop() {
  stopping_ = true;
  grace_end_ = now() + config().timeouts.shutdown;
  tick_ = std::min(tick_, stop_tick);
  ticks_.cancel();
  for (const auto& connection : connections_) connection->stop_soon();
}

}  // namespace kordon::server
