#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.hpp"
#include "world/world.hpp"

namespace kordon::test {

/// Two regions that share the parallel of 50.5 degrees from 36 to 38 E: `RU` to the north up to 52, `UA` to the south
/// down to 49, lines good to 100 m. One policy, `test`, known through 2024-05-31, with two activities:
///   fire   scope inside RU; from 2024-05-30 permitted inside RU within depth_km (100 assumed, 1 to 300) of RU|UA
///   fly    permitted everywhere, always
/// `more` regions follow the two.
std::shared_ptr<world::World> small_world(const config::ServerConfig& server = {},
                                          const std::vector<geo::Region>& more = {});

/// A region between two parallels and two meridians.
geo::Region square(std::string id, geo::LonLat south_west, geo::LonLat north_east);

/// When the requests of tests arrive: 2024-06-15T00:00:00Z, after the text is known.
policy::Instant test_now();

/// The answer of the API, without a socket.
api::http::Response get(std::string_view target);
api::http::Response post(std::string_view body, std::string_view content_type = "application/json");

/// The body of a good answer; fails the test where it is not one.
nlohmann::json json_of(const api::http::Response& response);

}  // namespace kordon::test
