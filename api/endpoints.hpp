#pragma once

#include "api/http/message.hpp"
#include "evaluation/evaluator.hpp"
#include "world/world.hpp"

namespace kordon::api {

/// Answers any request from the evaluator's world: finds the endpoint in the table of endpoints.cpp and calls its
/// handler. What the input can cause becomes a problem answer; what the machine causes (memory) throws. HEAD is
/// answered as GET: leaving the body out is up to the caller.
http::Response answer(evaluation::Evaluator& evaluator, const http::Request& request);

/// The same, for callers that ask once.
http::Response answer(const world::World& world, const http::Request& request);

/// Whether an answer can take tenths of a second to make, such as shapes for maps, or a position in a reference system.
/// Cheap, for it is asked of every request.
bool takes_long(std::string_view method, std::string_view target);

/// Whether the endpoint of this path reads a body with this method.
bool takes_body(std::string_view method, std::string_view target);

}  // namespace kordon::api
