#include "batch/geometries/extent_json.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "batch/geometries/track_json.hpp"
#include "policy/explain.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

using policy::Verdict;
using text::JsonWriter;
using text::metre_decimals;

constexpr std::array verdicts{Verdict::eligible, Verdict::ineligible, Verdict::indeterminate, Verdict::not_applicable};
constexpr int second_decimals = 3;
constexpr int share_decimals = 8;
constexpr double unbounded = std::numeric_limits<double>::infinity();  ///< as JSON null

void write_station(JsonWriter& out, const tracks::Station& at) {
  write_place(out, at.place);
  out.key("at_m").fixed(at.at_m, metre_decimals);
  write_time(out, "time", at.time_ms);
}

void write_clause(JsonWriter& out, const policy::Because& because) {
  out.key("because").begin_object().key("rule");
  because.rule.empty() ? out.null() : out.text(because.rule);
  out.key("clause").text(because.clause);
  out.key("value_m").fixed(because.value_m.value_or(unbounded), metre_decimals);
  out.key("threshold_m").fixed(because.threshold_m.value_or(unbounded), metre_decimals).key("state");
  because.state ? out.text(policy::name_of(*because.state)) : out.null();
  out.key("text").text(because.text).end_object();
}

void write_visit(JsonWriter& out, const world::World& world, const tracks::Visit& visit, bool timed) {
  out.begin_object().key("id").text(world.atlas.id_of(visit.region));
  out.key("length_m").fixed(visit.length_m, metre_decimals);
  if (timed) out.key("dwell_s").fixed(visit.dwell_s, second_decimals);
  out.key("crossings").begin_array();
  for (const auto& passage : visit.passages) {
    out.begin_object();
    write_station(out, passage.at);
    write_time_range(out, passage.earliest_ms, passage.latest_ms);
    out.key("to").text(passage.enters ? "inside" : "outside").end_object();
  }
  out.end_array().end_object();
}

std::string_view name_of(tracks::Gap::Reason reason) {
  if (reason == tracks::Gap::Reason::pause) return "longer than max_gap_s";
  return reason == tracks::Gap::Reason::jump ? "faster than max_speed_m_s" : "between two lines";
}

/// Of each verdict the sums over all intervals.
void write_totals(JsonWriter& out, const tracks::Course& course, const policy::Program& program, bool timed) {
  out.begin_object();
  write_program(out, program);
  for (const auto verdict : verdicts) {
    double length_m = 0;
    double dwell_s = 0;
    for (const auto& interval : course.intervals) {
      if (interval.verdict == verdict) length_m += interval.length_m, dwell_s += interval.dwell_s;
    }
    out.key(policy::name_of(verdict)).begin_object().key("length_m").fixed(length_m, metre_decimals);
    if (timed) out.key("dwell_s").fixed(dwell_s, second_decimals);
    out.end_object();
  }
  out.end_object();
}

void write_extreme(JsonWriter& out, std::string_view key, const areas::Extreme& extreme) {
  out.key(key).begin_object().key("margin_m").fixed(extreme.margin_m, metre_decimals);
  write_place(out, extreme.place);
  out.end_object();
}

void write_shares(JsonWriter& out, const areas::Shares& shares, double area_m2) {
  out.key("shares").begin_object();
  for (const auto verdict : verdicts) {
    const double part_m2 = shares.area_m2[static_cast<std::size_t>(verdict)];
    const double share = part_m2 / area_m2;
    out.key(policy::name_of(verdict)).begin_object().key("share").fixed(share, share_decimals);
    out.key("area_m2").fixed(part_m2, metre_decimals);
    out.key("extent").text(share <= 0 ? "none" : (share >= 1 ? "all" : "some")).end_object();
  }
  out.end_object();
}

void write_track(JsonWriter& out, const world::World& world, const tracks::TrackAnswer& answer,
                 const std::vector<policy::Program>& programs) {
  const bool timed = answer.timed;
  out.key("length_m").fixed(answer.length_m, metre_decimals);
  if (timed) out.key("duration_s").fixed(answer.duration_s, second_decimals);
  out.key("totals").begin_array();
  for (std::size_t i = 0; i < programs.size(); ++i) write_totals(out, answer.courses[i], programs[i], timed);
  out.end_array().key("intervals").begin_array();
  for (std::size_t i = 0; i < programs.size(); ++i) {
    for (const auto& interval : answer.courses[i].intervals) {
      out.begin_object();
      write_interval_members(out, interval, programs[i], timed);
      out.end_object();
    }
  }
  out.end_array().key("crossings").begin_array();
  for (const auto& course : answer.courses) {
    for (const auto& crossing : course.crossings) {
      out.begin_object();
      write_crossing_members(out, crossing);
      out.end_object();
    }
  }
  out.end_array().key("regions").begin_array();
  for (const auto& visit : answer.visits) {
    if (visit.length_m > 0 || visit.dwell_s > 0 || !visit.passages.empty()) write_visit(out, world, visit, timed);
  }
  out.end_array().key("gaps").begin_array();
  for (const auto& gap : answer.gaps) {
    out.begin_object()
        .key("from_m")
        .fixed(gap.from.at_m, metre_decimals)
        .key("to_m")
        .fixed(gap.to.at_m, metre_decimals);
    write_time(out, "from_time", gap.from.time_ms);
    write_time(out, "to_time", gap.to.time_ms);
    out.key("reason").text(name_of(gap.reason)).end_object();
  }
  out.end_array();
}

void write_area(JsonWriter& out, const areas::AreaAnswer& answer, const std::vector<policy::Program>& programs) {
  out.key("area_m2").fixed(answer.area_m2, metre_decimals);
  if (programs.size() == 1) write_shares(out, answer.shares[0], answer.area_m2);
  out.key("verdicts").begin_array();
  for (std::size_t i = 0; i < programs.size(); ++i) {
    out.begin_object();
    write_program(out, programs[i]);
    write_shares(out, answer.shares[i], answer.area_m2);
    write_extreme(out, "least_margin", answer.shares[i].least);
    write_extreme(out, "greatest_margin", answer.shares[i].greatest);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_extent(JsonWriter& out, const world::World& world, const ExtentAnswer& answer) {
  const auto& programs = answer.queries.front().programs;
  if (const auto* track = std::get_if<tracks::TrackAnswer>(&answer.found)) {
    write_track(out, world, *track, programs);
  } else {
    write_area(out, std::get<areas::AreaAnswer>(answer.found), programs);
  }
  out.key("warnings").begin_array();
  for (const auto& warning : answer.warnings) out.text(warning);
  out.end_array();
}

void write_interval_members(JsonWriter& out, const tracks::Interval& interval, const policy::Program& program,
                            bool timed) {
  write_program(out, program);
  out.key("verdict").text(policy::name_of(interval.verdict));
  out.key("from_m").fixed(interval.from.at_m, metre_decimals).key("to_m").fixed(interval.to.at_m, metre_decimals);
  out.key("length_m").fixed(interval.length_m, metre_decimals);
  write_time(out, "from_time", interval.from.time_ms);
  write_time(out, "to_time", interval.to.time_ms);
  if (timed) out.key("dwell_s").fixed(interval.dwell_s, second_decimals);
  out.key("least_margin").begin_object().key("margin_m").fixed(interval.least_margin_m, metre_decimals);
  write_station(out, interval.least_at);
  out.end_object();
  write_clause(out, interval.because);
}

void write_crossing_members(JsonWriter& out, const tracks::Crossing& crossing) {
  write_program(out, *crossing.because.program);
  write_station(out, crossing.at);
  write_time_range(out, crossing.earliest_ms, crossing.latest_ms);
  out.key("from").text(policy::name_of(crossing.from)).key("to").text(policy::name_of(crossing.to));
  write_change(out, crossing.because);
}

}  // namespace kordon::batch
