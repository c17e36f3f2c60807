#pragma once

#include <sys/resource.h>

#include <atomic>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "api/http/message.hpp"
#include "evaluation/evaluator.hpp"
#include "server/admission.hpp"
#include "server/atomic_snapshot.hpp"
#include "server/budget.hpp"
#include "server/fair_shares.hpp"
#include "server/host_names.hpp"
#include "server/metrics.hpp"
#include "server/rate_limiter.hpp"
#include "server/reload_status.hpp"
#include "world/world.hpp"

namespace kordon::server {

using WorldPointer = AtomicSnapshot<world::World>::Pointer;

/// The function that makes answers: api::answer, except in tests. It may throw.
using Answer = api::http::Response (*)(evaluation::Evaluator&, const api::http::Request&);

class AnswerQueue;

/// The bearer tokens that let clients in; apart from the world, so that a revoked one goes although a reload is
/// refused.
struct Tokens {
  bool are_asked_for = false;
  std::vector<world::Token> list;  ///< empty although they are asked for: nobody is let in
};

/// The tokens that a world was loaded with.
inline std::shared_ptr<const Tokens> tokens_of(const world::World& world) {
  const bool asked = !world.tokens.empty() || !world.config.server.tokens.empty();
  return std::make_shared<const Tokens>(Tokens{asked, world.tokens});
}

/// How many descriptors this process may have open.
inline std::size_t descriptor_limit() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : std::numeric_limits<std::size_t>::max();
}

/// State that all threads of a server share.
struct Shared {
  Shared(config::ServerConfig the_config, WorldPointer the_world, Answer the_answer)
      : config(std::move(the_config)),
        world(std::move(the_world)),
        tokens(tokens_of(*world.get())),
        answer(the_answer),
        admission(config.limits, descriptor_limit()),
        budget(config.limits) {
    if (config.rate_limit.requests_per_second > 0) rate_limiter.emplace(config.rate_limit);
  }

  const config::ServerConfig config;
  AtomicSnapshot<world::World> world;
  AtomicSnapshot<Tokens> tokens;
  const Answer answer;
  const HostNames hosts{config};
  Admission admission;
  Budget budget;
  AnswerQueue* answers = nullptr;  ///< set before any thread starts
  std::optional<RateLimiter> rate_limiter;
  ReloadStatus reloads;
  std::vector<const WorkerMetrics*> metrics;        ///< of every worker; complete before any thread starts
  std::atomic<bool> ready = true;                   ///< for /readyz; false from when the server is asked to stop
  std::atomic<bool> draining = false;               ///< no connection is kept alive
  FairShares streams{config.limits.streams};        ///< under way
  FairShares held_bytes{config.limits.held_bytes};  ///< of bodies that are received whole
};

}  // namespace kordon::server
