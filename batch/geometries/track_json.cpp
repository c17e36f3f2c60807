#include "batch/geometries/track_json.hpp"

#include <array>
#include <cmath>

#include "policy/instant.hpp"
#include "policy/wording.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {

using text::JsonWriter;

void write_time(JsonWriter& out, std::string_view key, tracks::Milliseconds time_ms) {
  if (std::isnan(time_ms)) return;
  out.key(key).text(policy::to_text(policy::Instant(std::chrono::milliseconds(std::llround(time_ms)))));
}

void write_place(JsonWriter& out, geo::LonLat place) {
  out.key("lon").fixed(place.lon_deg, text::degree_decimals).key("lat").fixed(place.lat_deg, text::degree_decimals);
}

void write_time_range(JsonWriter& out, tracks::Milliseconds earliest_ms, tracks::Milliseconds latest_ms) {
  if (std::isnan(earliest_ms)) return;
  out.key("time_range").begin_array();
  for (const auto time_ms : {earliest_ms, latest_ms}) {
    out.text(policy::to_text(policy::Instant(std::chrono::milliseconds(std::llround(time_ms)))));
  }
  out.end_array();
}

void write_program(JsonWriter& out, const policy::Program& program) {
  out.key("policy").text(program.policy->id);
  out.key("activity").text(program.policy->activities[program.activity].id);
}

void write_change(JsonWriter& out, const tracks::Reason& because) {
  const auto& program = *because.program;
  out.key("because").begin_object().key("rule");
  because.rule == policy::none ? out.null() : out.text(program.policy->rules[because.rule].id);
  if (because.clause == policy::none) {
    out.key("clause").text("a rule comes into force or ends");
    out.key("value_m").null().key("threshold_m").null().end_object();
    return;
  }
  const auto& clause = program.clauses[because.clause];
  out.key("clause").text(policy::clause_text(program, clause));
  const bool inside = clause.kind == policy::Area::Kind::inside;
  out.key("value_m").fixed(inside ? because.signed_m : -because.signed_m, text::metre_decimals);
  out.key("threshold_m").fixed(clause.radius_m, text::metre_decimals).end_object();
}

}  // namespace kordon::batch
