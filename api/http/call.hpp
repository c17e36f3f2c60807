#pragma once

#include "api/http/message.hpp"
#include "evaluation/evaluator.hpp"
#include "evaluation/member.hpp"
#include "world/world.hpp"

namespace kordon::api::http {

/// Settings that a request is answered by: those that its server started with, which a reload does not change; without
/// a server the world's.
inline const config::ServerConfig& settings_of(const world::World& world, const Request& request) {
  return request.settings != nullptr ? *request.settings : world.config.server;
}

/// What a handler gets: the request, its target taken apart, the `{id}` of its path, and which of the media types that
/// the endpoint offers the client likes best.
struct Call {
  const world::World& world;
  evaluation::Evaluator& evaluator;
  const Request& request;
  const evaluation::Members& query;
  std::string_view id;
  std::string_view media_type;
};

}  // namespace kordon::api::http
