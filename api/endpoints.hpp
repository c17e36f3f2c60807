#pragma once

#include "api/answer_memo.hpp"
#include "api/http.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// Answers any request from the memo's world: finds the endpoint in the table of endpoints.cpp and calls its handler.
/// What the input can cause becomes a problem answer; what the machine causes (memory) throws. HEAD is answered as GET:
/// leaving the body out is up to the caller.
Response answer(AnswerMemo& memo, const Request& request);

/// The same for who asks once.
Response answer(const config::World& world, const Request& request);

}  // namespace kordon::api
