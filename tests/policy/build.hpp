#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policy/policy.hpp"

/// Areas and policies in a line or two.
namespace kordon::policy::test {

inline Area clause(Area::Kind kind, geo::Target target, std::string id, Radius radius = {}) {
  return {kind, target, std::move(id), radius, {}};
}

inline Area everywhere() { return {}; }

inline Area inside(geo::Target target, std::string id = "A") {
  return clause(Area::Kind::inside, target, std::move(id));
}

inline Area within(double radius_m, geo::Target target, std::string id = "A|B") {
  return clause(Area::Kind::within, target, std::move(id), {radius_m, Unit::metre, {}});
}

inline Area joined(Area::Kind kind, std::vector<Area> parts) { return {kind, 0, {}, {}, std::move(parts)}; }
inline Area all(std::vector<Area> parts) { return joined(Area::Kind::all, std::move(parts)); }
inline Area any(std::vector<Area> parts) { return joined(Area::Kind::any, std::move(parts)); }
inline Area outside_of(Area part) { return joined(Area::Kind::negation, {std::move(part)}); }

inline Rule rule(std::string id, Effect effect, Area area) {
  Rule made;
  made.id = std::move(id);
  made.effect = effect;
  made.area = std::move(area);
  return made;
}

inline Rule permit(Area area) { return rule("permit", Effect::permit, std::move(area)); }
inline Rule prohibit(Area area) { return rule("prohibit", Effect::prohibit, std::move(area)); }

inline Instant instant(std::string_view text) { return parse_instant(text).value(); }

/// A policy with the one activity `act`.
inline Policy policy_of(Area scope, std::vector<Rule> rules) {
  Policy policy;
  policy.id = "test";
  policy.known_through = instant("2030-01-01T00:00:00Z");
  policy.activities = {{"act", "", std::move(scope)}};
  policy.rules = std::move(rules);
  return policy;
}

/// `depth_km` = 100, from 0 to 2000, assumed.
inline Parameter depth_km() {
  return {"depth_km", "Depth", Unit::kilometre, 100, 0, 2000, true, "the source states no distance"};
}

inline Area within_depth(geo::Target target, std::string id = "A|B") {
  return clause(Area::Kind::within, target, std::move(id), {0, Unit::kilometre, 0});
}

}  // namespace kordon::policy::test
