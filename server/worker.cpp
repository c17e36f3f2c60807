#include "server/worker.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <vector>

#include "api/problem.hpp"
#include "server/http_text.hpp"
#include "server/log.hpp"
#include "server/session.hpp"

namespace kordon::server {
namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds stop_tick{50};

/// A deadline is kept to within a quarter of the shortest timeout, and the date to within a second.
std::chrono::milliseconds tick_of(const config::Timeouts& timeouts) {
  const auto shortest = std::min({timeouts.read, timeouts.write, timeouts.idle, timeouts.shutdown});
  return std::clamp(shortest / 4, std::chrono::milliseconds(10), std::chrono::milliseconds(500));
}

}  // namespace

Worker::Worker(const config::ServerConfig& config, const SharedWorld& world, Answer make_answer)
    : config_(config),
      world_(world),
      answer_(make_answer),
      tick_(tick_of(config.timeouts)),
      date_(http_date(std::chrono::system_clock::now())) {
  tick();
}

void Worker::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& fault) {
      log_error("connection_failed", fault.what());
    }
  }
}

api::Response Worker::answer(const api::Request& request) const {
  try {
    return answer_(*world_.load(), request);
  } catch (const std::exception& fault) {
    log_error("request_failed", fault.what());
    return api::problem(api::Code::internal, "the request could not be answered");
  }
}

void Worker::adopt(asio::ip::tcp::socket socket) {
  asio::post(context_, [this, socket = std::move(socket)]() mutable {
    std::make_shared<Session>(std::move(socket), *this)->start();
  });
}

void Worker::leave(Session& session) {
  sessions_.erase(&session);
  if (stopping_ && sessions_.empty()) timer_.cancel();
}

void Worker::tick() {
  timer_.expires_after(tick_);
  timer_.async_wait([this](boost::system::error_code fault) {
    if (!fault) on_tick();
  });
}

void Worker::on_tick() {
  const auto now = Clock::now();
  date_ = http_date(std::chrono::system_clock::now());
  const bool out_of_grace = stopping_ && now >= grace_end_;
  // Sessions leave the set when their last handler is done, never while it is walked.
  for (Session* session : sessions_) out_of_grace ? session->close() : session->expire(now);
  if (!stopping_ || !sessions_.empty()) tick();
}

void Worker::stop() {
  asio::post(context_, [this] { begin_stop(); });
}

void Worker::begin_stop() {
  if (stopping_) return;
  stopping_ = true;
  grace_end_ = Clock::now() + config_.timeouts.shutdown;
  guard_.reset();
  tick_ = std::min(tick_, stop_tick);
  tick();
  for (Session* session : sessions_) session->stop_soon();
  if (sessions_.empty()) timer_.cancel();
}

}  // namespace kordon::server
