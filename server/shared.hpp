#pragma once

#include <atomic>
#include <utility>

#include "api/http.hpp"
#include "server/admission.hpp"
#include "server/world_slot.hpp"

namespace kordon::server {

/// What makes the answers: api::answer, but for tests. It may throw.
using Answer = api::Response (*)(const config::World&, const api::Request&);

/// What all threads of a server share.
struct Shared {
  Shared(config::ServerConfig the_config, WorldPointer the_world, Answer the_answer)
      : config(std::move(the_config)), world(std::move(the_world)), answer(the_answer), admission(config.limits) {}

  const config::ServerConfig config;
  WorldSlot world;
  const Answer answer;
  Admission admission;
  std::atomic<bool> ready = true;           ///< what /readyz says; false from when the server is asked to stop
  std::atomic<bool> draining = false;       ///< no connection is kept alive
  std::atomic<std::size_t> streams = 0;     ///< under way
  std::atomic<std::size_t> held_bytes = 0;  ///< of bodies that are received whole
};

}  // namespace kordon::server
