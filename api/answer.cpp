#include "api/answer.hpp"

#include <cmath>
#include <set>

#include "api/bearing.hpp"

namespace kordon::api {
namespace {

constexpr int metre_decimals = 3;
constexpr int degree_decimals = 8;

std::string_view state_of(geo::Side side) {
  switch (side) {
    case geo::Side::inside:
      return "inside";
    case geo::Side::outside:
      return "outside";
    case geo::Side::on_line:
      return "on_line";
  }
  return "";
}

void write_metres(JsonWriter& out, std::optional<double> value_m) {
  value_m ? out.fixed(*value_m, metre_decimals) : out.null();
}

void write_region(JsonWriter& out, const geo::Region& region, const geo::Standing& standing) {
  out.begin_object();
  out.key("id").text(region.id);
  out.key("state").text(state_of(standing.side));
  out.key("margin_m").fixed(standing.margin_m(), metre_decimals);
  out.end_object();
}

void write_nearest(JsonWriter& out, geo::LonLat from, const geo::Standing& standing) {
  if (!std::isfinite(standing.distance_m)) {
    out.key("nearest").null().key("bearing_deg").null();
    return;
  }
  out.key("nearest").begin_object();
  out.key("lon").fixed(standing.nearest.lon_deg, degree_decimals);
  out.key("lat").fixed(standing.nearest.lat_deg, degree_decimals);
  out.end_object().key("bearing_deg");
  if (!(standing.distance_m > 0)) {
    out.null();
    return;
  }
  out.fixed(stated_bearing_deg(from, standing.nearest, standing.distance_m), bearing_decimals);
}

void write_border(JsonWriter& out, const geo::Border& border, geo::LonLat from, const geo::Standing& standing) {
  out.begin_object();
  out.key("id").text(border.id);
  out.key("distance_m").fixed(standing.distance_m, metre_decimals);
  write_nearest(out, from, standing);
  out.key("accuracy_m").number(border.accuracy_m);
  out.end_object();
}

void write_because(JsonWriter& out, const policy::Because& because) {
  out.begin_object().key("rule");
  because.rule.empty() ? out.null() : out.text(because.rule);
  out.key("clause").text(because.clause);
  out.key("value_m");
  write_metres(out, because.value_m);
  out.key("threshold_m");
  write_metres(out, because.threshold_m);
  out.end_object();
}

void write_parameters(JsonWriter& out, const std::vector<policy::ParameterUse>& parameters) {
  out.begin_object();
  for (const auto& parameter : parameters) {
    out.key(parameter.id).begin_object();
    out.key("value").number(parameter.value);
    out.key("assumed").boolean(parameter.assumed).key("flips_at");
    parameter.flips_at ? out.number(*parameter.flips_at) : out.null();
    out.end_object();
  }
  out.end_object();
}

void write_verdict(JsonWriter& out, const policy::Program& program, const policy::Explanation& explanation) {
  const auto& outcome = explanation.outcome;
  out.begin_object();
  out.key("policy").text(program.policy->id);
  out.key("activity").text(program.policy->activities[program.activity].id);
  out.key("verdict").text(policy::name_of(outcome.verdict));
  out.key("margin_m").fixed(outcome.margin_m, metre_decimals);
  out.key("margin_exact").boolean(outcome.margin_exact);
  out.key("margin_range_m").begin_array();
  out.fixed(outcome.margin_lo_m, metre_decimals).fixed(outcome.margin_hi_m, metre_decimals).end_array();
  out.key("because");
  write_because(out, explanation.because);
  out.key("parameters");
  write_parameters(out, explanation.parameters);
  out.end_object();
}

void write_layers(JsonWriter& out, const config::World& world) {
  out.key("layers").begin_array();
  for (const auto& layer : world.atlas.layers) {
    out.begin_object();
    out.key("id").text(layer.id);
    out.key("attribution").text(layer.attribution);
    out.key("licence").text(layer.licence);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_evaluation(JsonWriter& out, const config::World& world, const Terms& terms, const Place& place,
                      const Evaluation& evaluation) {
  const geo::LonLat from = place.position.place();
  const auto& regions = world.atlas.regions;
  const auto& borders = world.atlas.borders;
  out.key("position").begin_object();
  out.key("lon").number(from.lon_deg).key("lat").number(from.lat_deg);
  out.key("accuracy_m").fixed(place.position.accuracy_m(), metre_decimals).end_object();
  out.key("at").text(policy::to_text(terms.at));
  out.key("regions").begin_array();
  for (std::size_t i = 0; i < regions.size(); ++i) write_region(out, regions[i], evaluation.standings[i]);
  out.end_array().key("borders").begin_array();
  for (std::size_t i = 0; i < borders.size(); ++i) {
    write_border(out, borders[i], from, evaluation.standings[regions.size() + i]);
  }
  out.end_array().key("verdicts").begin_array();
  for (std::size_t i = 0; i < terms.programs.size(); ++i) {
    write_verdict(out, terms.programs[i], evaluation.explanations[i]);
  }
  out.end_array().key("warnings").begin_array();
  for (const auto& warning : evaluation.warnings) out.text(warning);
  out.end_array();
}

void write_provenance(JsonWriter& out, const config::World& world) {
  out.key("data_version").text(world.data_version);
  out.key("engine").text("kordon " KORDON_VERSION);
  out.key("metadata").begin_object();
  out.key("edges").text("straight in longitude and latitude (RFC 7946)");
  out.key("distances").text("geodesic on WGS 84, metres");
  out.key("notices").begin_array();
  std::set<std::string_view> notices;
  for (const auto& policy : world.policies) notices.insert(policy.disclaimer);
  for (const auto notice : notices) out.text(notice);
  out.end_array();
  write_layers(out, world);
  out.end_object();
}

}  // namespace kordon::api
