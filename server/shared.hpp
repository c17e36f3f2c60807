#pragma once

#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "evaluation/evaluator.hpp"
#include "server/admission.hpp"
#include "server/budget.hpp"
#include "server/metrics.hpp"
#include "server/rate_limiter.hpp"
#include "server/reload_status.hpp"
#include "server/slot.hpp"
#include "world/world.hpp"

namespace kordon::server {

using WorldPointer = Slot<world::World>::Pointer;

/// What makes the answers: api::answer, but for tests. It may throw.
using Answer = api::http::Response (*)(evaluation::Evaluator&, const api::http::Request&);

class AnswerQueue;

/// What all threads of a server share.
struct Shared {
  Shared(config::ServerConfig the_config, WorldPointer the_world, Answer the_answer)
      : config(std::move(the_config)),
        world(std::move(the_world)),
        answer(the_answer),
        admission(config.limits),
        budget(config.limits) {
    if (config.rate_limit.requests_per_second > 0) rate_limiter.emplace(config.rate_limit);
  }

  const config::ServerConfig config;
  Slot<world::World> world;
  const Answer answer;
  Admission admission;
  Budget budget;
  AnswerQueue* answers = nullptr;  ///< set before any thread starts
  std::optional<RateLimiter> rate_limiter;
  ReloadStatus reloads;
  std::vector<const WorkerMetrics*> metrics;  ///< of every worker; complete before any thread starts
  std::atomic<bool> ready = true;             ///< what /readyz says; false from when the server is asked to stop
  std::atomic<bool> draining = false;         ///< no connection is kept alive
  std::atomic<std::size_t> streams = 0;       ///< under way
};

}  // namespace kordon::server
