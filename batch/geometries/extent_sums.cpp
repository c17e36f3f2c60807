#include "batch/geometries/extent_sums.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

using policy::Verdict;
using text::JsonWriter;

constexpr std::array verdicts{Verdict::eligible, Verdict::ineligible, Verdict::indeterminate, Verdict::not_applicable};
constexpr int second_decimals = 3;
constexpr int share_decimals = 8;

constexpr std::array<std::string_view, 39> names{"verdict",
                                                 "length_m",
                                                 "eligible_m",
                                                 "ineligible_m",
                                                 "indeterminate_m",
                                                 "not_applicable_m",
                                                 "duration_s",
                                                 "eligible_s",
                                                 "ineligible_s",
                                                 "indeterminate_s",
                                                 "not_applicable_s",
                                                 "area_m2",
                                                 "eligible_m2",
                                                 "ineligible_m2",
                                                 "indeterminate_m2",
                                                 "not_applicable_m2",
                                                 "eligible_share",
                                                 "ineligible_share",
                                                 "indeterminate_share",
                                                 "not_applicable_share",
                                                 "least_margin_m",
                                                 "least_lon",
                                                 "least_lat",
                                                 "greatest_margin_m",
                                                 "greatest_lon",
                                                 "greatest_lat",
                                                 "crossings",
                                                 "gaps",
                                                 "regions",
                                                 "warnings",
                                                 "totals",
                                                 "intervals",
                                                 "verdicts",
                                                 "shares",
                                                 "error",
                                                 "margin_m",
                                                 "distance_m",
                                                 "nearest_lon",
                                                 "nearest_lat"};

std::size_t index_of(Verdict verdict) { return static_cast<std::size_t>(verdict); }

void write_by_verdict(JsonWriter& out, const std::array<double, 4>& values, std::string_view unit, int decimals) {
  for (const auto verdict : verdicts) {
    out.key(std::string(policy::name_of(verdict)) += unit).fixed(values[index_of(verdict)], decimals);
  }
}

void write_margin(JsonWriter& out, const std::string& which, double margin_m, geo::LonLat place) {
  out.key(which + "_margin_m").fixed(margin_m, text::metre_decimals);
  out.key(which + "_lon").fixed(place.lon_deg, text::degree_decimals);
  out.key(which + "_lat").fixed(place.lat_deg, text::degree_decimals);
}

void write_line(JsonWriter& out, const world::World& world, const tracks::TrackAnswer& answer) {
  if (!answer.courses.empty()) {
    const auto& course = answer.courses.front();
    const auto nearest = [](const tracks::Interval& a, const tracks::Interval& b) {
      return std::abs(a.least_margin_m) < std::abs(b.least_margin_m);
    };
    const auto& least = *std::ranges::min_element(course.intervals, nearest);
    write_margin(out, "least", least.least_margin_m, least.least_at.place);
    out.key("crossings").integer(static_cast<std::int64_t>(course.crossings.size()));
  }
  out.key("gaps").integer(static_cast<std::int64_t>(answer.gaps.size()));
  out.key("regions").begin_array();
  for (const auto& visit : answer.visits) {
    if (visit.length_m > 0 || visit.dwell_s > 0) out.text(world.atlas.id_of(visit.region));
  }
  out.end_array();
}

/// The one verdict whose part is all of it; an object that never moves has time alone.
std::optional<Verdict> only_verdict(const ExtentSums& sums) {
  const auto& parts = sums.size > 0 ? sums.part : sums.dwell_s;
  std::optional<Verdict> only;
  for (const auto verdict : verdicts) {
    if (!(parts[index_of(verdict)] > 0)) continue;
    if (only) return std::nullopt;
    only = verdict;
  }
  return only;
}

}  // namespace

ExtentSums ExtentSums::of(const ExtentAnswer& answer) {
  ExtentSums sums;
  if (const auto* area = std::get_if<areas::AreaAnswer>(&answer.found)) {
    sums.is_area = true;
    sums.size = area->area_m2;
    if (!area->shares.empty()) sums.part = area->shares.front().area_m2;
  } else {
    const auto& track = std::get<tracks::TrackAnswer>(answer.found);
    sums.timed = track.timed;
    sums.size = track.length_m;
    sums.duration_s = track.duration_s;
    if (track.courses.empty()) return sums;
    for (const auto& interval : track.courses.front().intervals) {
      sums.part[index_of(interval.verdict)] += interval.length_m;
      sums.dwell_s[index_of(interval.verdict)] += interval.dwell_s;
    }
  }
  sums.verdict = only_verdict(sums);
  return sums;
}

void write_sums(JsonWriter& out, const world::World& world, const ExtentAnswer& answer) {
  const auto sums = ExtentSums::of(answer);
  out.key("verdict");
  sums.verdict ? out.text(policy::name_of(*sums.verdict)) : out.null();
  const bool judged = !answer.queries.front().programs.empty();
  if (sums.is_area) {
    const auto& area = std::get<areas::AreaAnswer>(answer.found);
    out.key("area_m2").fixed(sums.size, text::metre_decimals);
    if (!judged) return;
    std::array<double, 4> share{};
    for (std::size_t i = 0; i < share.size(); ++i) share[i] = sums.part[i] / sums.size;
    write_by_verdict(out, sums.part, "_m2", text::metre_decimals);
    write_by_verdict(out, share, "_share", share_decimals);
    write_margin(out, "least", area.shares.front().least.margin_m, area.shares.front().least.place);
    write_margin(out, "greatest", area.shares.front().greatest.margin_m, area.shares.front().greatest.place);
    return;
  }
  out.key("length_m").fixed(sums.size, text::metre_decimals);
  if (judged) write_by_verdict(out, sums.part, "_m", text::metre_decimals);
  if (sums.timed) out.key("duration_s").fixed(sums.duration_s, second_decimals);
  if (judged && sums.timed) write_by_verdict(out, sums.dwell_s, "_s", second_decimals);
  write_line(out, world, std::get<tracks::TrackAnswer>(answer.found));
}

bool is_extent_answer(std::string_view name) { return std::ranges::find(names, name) != names.end(); }

}  // namespace kordon::batch
