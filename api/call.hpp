#pragma once

#include "api/answer_memo.hpp"
#include "api/http.hpp"
#include "api/member.hpp"
#include "config/world.hpp"

namespace kordon::api {

/// What a handler gets: the request, its target taken apart, the `{id}` of its path, and which of the media types that
/// the endpoint offers the client likes best.
struct Call {
  const config::World& world;
  AnswerMemo& memo;
  const Request& request;
  const Members& query;
  std::string_view id;
  std::string_view media_type;
};

}  // namespace kordon::api
