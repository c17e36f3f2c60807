#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "api/http/message.hpp"

namespace kordon::server {

/// Fault of an HTTP message, in one sentence: what was found, or what was expected.
struct HttpFault {
  enum class Kind { malformed, version, long_target, large_head, late };

  explicit HttpFault(std::string the_text, Kind the_kind = Kind::malformed)
      : text(std::move(the_text)), kind(the_kind) {}

  std::string text;
  Kind kind;
};

/// Fault of a header that has not ended within its limit; `start` is that much of it.
HttpFault too_large(std::string_view start);

/// The answer that tells a client of a fault.
api::http::Response problem_of(const HttpFault& fault);

}  // namespace kordon::server
