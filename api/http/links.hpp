#pragma once

#include <string>
#include <string_view>

#include "api/http/call.hpp"
#include "text/json_writer.hpp"

namespace kordon::api::http {

/// Where this service is, as the client sees it, without a slash at the end: `server.public_url` of the configuration,
/// else by the request's Host; empty, for relative links, where that is no host name.
std::string base_url(const Call& call);

/// The same in two parts, the second of which may be all of it.
struct Base {
  std::string_view scheme;
  std::string_view rest;
};
Base base_of(const Call& call);

/// One segment of a path or one value of a query, percent-encoded: `RU|UA` is `RU%7CUA`.
std::string url_encoded(std::string_view text);

struct Link {
  std::string_view rel;
  std::string_view type;
  std::string_view title;
  std::string href;
};

void write_link(text::JsonWriter& out, const Link& link);

}  // namespace kordon::api::http
