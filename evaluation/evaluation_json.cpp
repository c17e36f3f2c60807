#include "evaluation/evaluation_json.hpp"

#include <cmath>
#include <limits>
#include <set>

#include "evaluation/bearing.hpp"
#include "policy/explain.hpp"
#include "text/number_text.hpp"

namespace kordon::evaluation {
namespace {

constexpr double unbounded = std::numeric_limits<double>::infinity();
constexpr std::string_view swapped_warning =
    "longitude and latitude may be swapped: the position is far from every region, and lies inside one the other way "
    "round";

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

void write_region(text::JsonWriter& out, std::string_view head, const geo::Standing& standing) {
  out.piece(head).piece(state_of(standing.side)).piece(R"(","margin_m":)");
  out.fixed(standing.side == geo::Side::on_line ? 0.0 : standing.margin_m(), text::metre_decimals).end_object();
}

void write_border(text::JsonWriter& out, const Affixes& border, const geo::Standing& standing, double bearing_deg) {
  out.piece(border.before).fixed(standing.distance_m, text::metre_decimals);
  if (std::isfinite(standing.distance_m)) {
    out.piece(R"(,"nearest":{"lon":)").fixed(standing.nearest.lon_deg, text::degree_decimals);
    out.piece(R"(,"lat":)").fixed(standing.nearest.lat_deg, text::degree_decimals).piece("}");
  } else {
    out.piece(R"(,"nearest":null)");
  }
  out.piece(R"(,"bearing_deg":)").fixed(bearing_deg, bearing_decimals).piece(border.after);
}

/// Regions, and then border sections.
void write_items(text::JsonWriter& out, const ResponseTemplate& response, const Evaluation& evaluation) {
  const auto regions = response.regions.size();
  const auto& items = evaluation.survey.items;
  std::size_t i = 0;
  for (; i < items.size() && items[i].target < regions; ++i) {
    if (i > 0) out.piece(",");
    write_region(out, response.regions[items[i].target], items[i].standing);
  }
  out.piece(R"(],"borders":[)");
  for (const auto first = i; i < items.size(); ++i) {
    if (i > first) out.piece(",");
    write_border(out, response.borders[items[i].target - regions], items[i].standing, evaluation.bearings_deg[i]);
  }
}

void write_because(text::JsonWriter& out, const policy::Because& because) {
  out.piece(R"("because":{"rule":)");
  because.rule.empty() ? out.null() : out.text(because.rule);
  out.piece(R"(,"clause":)").text(because.clause);
  out.piece(R"(,"value_m":)").fixed(because.value_m.value_or(unbounded), text::metre_decimals);
  out.piece(R"(,"threshold_m":)").fixed(because.threshold_m.value_or(unbounded), text::metre_decimals);
  out.piece(R"(,"state":)");
  because.state ? out.text(policy::name_of(*because.state)) : out.null();
  out.piece(R"(,"text":)").text(because.text).end_object();
}

void write_outcome(text::JsonWriter& out, const policy::Outcome& outcome) {
  out.piece(policy::name_of(outcome.verdict)).piece(R"(","margin_m":)").fixed(outcome.margin_m, text::metre_decimals);
  out.piece(R"(,"margin_exact":)").boolean(outcome.margin_exact);
  out.piece(R"(,"margin_range_m":[)").fixed(outcome.margin_lo_m, text::metre_decimals);
  out.fixed(outcome.margin_hi_m, text::metre_decimals).piece("],");
}

/// That state a length to a millimetre in this unit.
int decimals_of(policy::Unit unit) {
  switch (unit) {
    case policy::Unit::metre:
      return 3;
    case policy::Unit::kilometre:
      return 6;
    case policy::Unit::nautical_mile:
      break;
  }
  return 7;
}

void write_verdicts(text::JsonWriter& out, const PreparedQuery& prepared, const Evaluation& evaluation) {
  auto flips_at = evaluation.flips_at.begin();
  for (std::size_t i = 0; i < prepared.query.programs.size(); ++i) {
    const auto& program = prepared.query.programs[i];
    const auto& [head, parameters] = prepared.response().verdicts[i];
    out.piece(head);
    write_outcome(out, evaluation.outcomes[i]);
    write_because(out, evaluation.because[i]);
    out.piece(R"(,"parameters":{)");
    for (std::size_t k = 0; k < parameters.size(); ++k, ++flips_at) {
      const auto unit = program.policy->parameters[program.parameters[k]].unit;
      out.piece(parameters[k].before).fixed(flips_at->value_or(unbounded), decimals_of(unit));
      out.piece(parameters[k].after);
    }
    out.piece("}}");
  }
}

void write_warnings(text::JsonWriter& out, const ResponseTemplate& response, bool likely_swapped) {
  out.begin_array();
  if (!response.warnings.empty()) out.written(response.warnings);
  if (likely_swapped) out.text(swapped_warning);
  out.end_array();
}

void write_layers(text::JsonWriter& out, const world::World& world) {
  out.key("layers").begin_array();
  for (const auto& layer : world.atlas.layers) {
    out.begin_object();
    out.key("id").text(layer.id);
    out.key("attribution").text(layer.attribution);
    out.key("licence").text(layer.licence);
    if (layer.edges != "planar") out.key("edges").text(layer.edges);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_evaluation(text::JsonWriter& out, const PreparedQuery& prepared, policy::Instant at, const Place& place,
                      const Evaluation& evaluation) {
  const auto& response = prepared.response();
  const geo::LonLat from = place.position.place();
  out.key("position").piece(R"({"lon":)").number(from.lon_deg).piece(R"(,"lat":)").number(from.lat_deg);
  out.piece(R"(,"accuracy_m":)").fixed(place.position.accuracy_m(), text::metre_decimals);
  if (!place.read_as.empty()) out.piece(R"(,"read_as":)").text(place.read_as);
  out.piece(R"(},"at":")").piece(policy::to_text(at)).piece(R"(","regions":[)");
  write_items(out, response, evaluation);
  out.piece(R"(],"verdicts":[)");
  write_verdicts(out, prepared, evaluation);
  out.piece(R"(],"warnings":)");
  write_warnings(out, response, evaluation.likely_swapped);
}

void write_provenance(text::JsonWriter& out, const world::World& world) {
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

}  // namespace kordon::evaluation
