#pragma once

#include <cstdint>
#include <string>

#include "api/http/call.hpp"

namespace kordon::api::http {

/// What the answers of an endpoint depend on beyond the request.
enum class Caching : std::uint8_t {
  none,     ///< on the moment: not to be stored
  data,     ///< on the data version alone
  stamped,  ///< the same, except for the time that they state
  files,    ///< on the map's files alone
  timed,    ///< on the data version, where the request states `at`; else on the moment
  answer,   ///< on other things: the tag is made from the answer
};

/// The start of all entity tags of one version of something.
std::uint64_t tag_seed(std::string_view version);

/// The entity tag of a good answer (RFC 9110, 8.8.3), known before it is made; empty where there is none, or
/// not yet. It holds the data version, the engine's, and all of the request that an answer rests on.
std::string entity_tag(Caching caching, const Call& call);

/// The entity tag of an answer with `Caching::answer`.
std::string tag_of_answer(std::string_view body);

/// Whether an If-None-Match field lists the tag (weak comparison) or is `*`.
bool lists(std::string_view if_none_match, std::string_view tag);

/// Adds `Cache-Control` and `ETag`: what has a tag may be stored, but asked about before each use.
void add_caching(Response& response, std::string tag);

Response not_modified(std::string tag);

}  // namespace kordon::api::http
