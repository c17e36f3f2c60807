#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/area.hpp"
#include "policy/instant.hpp"

namespace kordon::policy {

/// A published document that rules rest on.
struct Source {
  std::string id;
  std::string title;
  std::string publisher;
  std::string date;     ///< ISO 8601 calendar date, as the document states it
  std::string summary;  ///< in our own words
};

/// A length that a request may set.
struct Parameter {
  std::string id;  ///< ends in the unit: `depth_km`
  std::string title;
  Unit unit = Unit::metre;
  double value = 0;  ///< the default, in `unit`, within [min, max]
  double min = 0;    ///< >= 0
  double max = 0;
  bool assumed = false;  ///< true: no source states the default
  std::string note;      ///< why this value: `the source states no distance`
};

/// What a policy speaks of, and where it has anything to say on it.
struct Activity {
  std::string id;
  std::string title;
  Area scope;
};

enum class Effect : std::uint8_t { permit, prohibit };

struct Rule {
  std::string id;
  std::string title;
  std::size_t activity = 0;  ///< index in Policy::activities
  Effect effect = Effect::permit;
  Area area;
  Interval in_force;
  std::vector<std::size_t> sources;  ///< indices in Policy::sources, at least one
  std::vector<std::string> assumed;  ///< readings that the sources do not state, one sentence each
};

/// A published policy, resolved against an atlas. Ids are unique in their list.
struct Policy {
  std::string id;
  std::string title;
  std::string description;
  std::string disclaimer;  ///< one line that goes with every answer: what this is not
  std::string dates_note;  ///< how the source's dates were read as instants
  Instant known_through;   ///< what came later is not in this policy
  std::vector<Source> sources;
  std::vector<Parameter> parameters;
  std::vector<Activity> activities;
  std::vector<Rule> rules;

  [[nodiscard]] std::optional<std::size_t> find_activity(std::string_view activity_id) const;
  [[nodiscard]] std::optional<std::size_t> find_parameter(std::string_view parameter_id) const;
};

}  // namespace kordon::policy
