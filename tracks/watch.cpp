#include "tracks/watch.hpp"

#include <algorithm>
#include <cmath>

namespace kordon::tracks {
namespace {

using Kind = WatchEvent::Kind;

/// By which reaches of both ends must exceed the way to say that nothing changes on it, metres.
constexpr double certain_m = 0.01;

double seconds(Milliseconds from_ms, Milliseconds to_ms) { return (to_ms - from_ms) / 1000; }

WatchEvent event_at(Kind kind, const Station& at) {
  WatchEvent event;
  event.kind = kind;
  event.at = at;
  event.earliest_ms = event.latest_ms = at.time_ms;
  return event;
}

Station station_of(const WatchedObject& object) { return {object.last.place, object.at_m, object.last.time_ms}; }

void enter(WatchedObject& object, std::size_t region, Milliseconds time_ms) {
  const auto at = std::ranges::lower_bound(object.stays, region, {}, &WatchedObject::Stay::region);
  object.stays.insert(at, {region, time_ms, false});
}

std::vector<WatchedObject::Stay>::iterator stay_in(WatchedObject& object, std::size_t region) {
  return std::ranges::find(object.stays, region, &WatchedObject::Stay::region);
}

}  // namespace

Watch::Watch(std::span<const Period> periods, const WatchRules& rules) : periods_(periods), rules_(rules) {
  for (const auto& period : periods) fields_.emplace_back(period.question);
}

std::size_t Watch::period_at(Milliseconds time_ms) const {
  std::size_t period = 0;
  while (period + 1 < periods_.size() && periods_[period + 1].from_ms <= time_ms) ++period;
  return period;
}

bool Watch::is_gap(const Fix& from, const Fix& to) const {
  const double pause_s = seconds(from.time_ms, to.time_ms);
  if (pause_s > rules_.reading.max_gap_s) return true;
  if (!std::isfinite(rules_.reading.max_speed_m_s)) return false;
  const double way_m = Path(std::vector{from.place, to.place}, rules_.reading.edges).length_m();
  return way_m > rules_.reading.max_speed_m_s * pause_s;
}

bool Watch::add(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out) {
  if (object.fixes == 0) {
    begin(object, fix, out);
    return true;
  }
  if (fix.time_ms < object.last.time_ms) return false;
  if (std::abs(fix.place.lon_deg - object.last.place.lon_deg) == 180) return false;
  if (is_gap(object.last, fix)) {
    end(object, out);
    out.push_back(event_at(Kind::gap, station_of(object)));
    out.back().latest_ms = fix.time_ms;
    begin(object, fix, out);
    return true;
  }
  follow_way(object, fix, out);
  return true;
}

/// What it is found in, and under, with no way to it.
void Watch::begin(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out) {
  if (object.fixes > 0) object.at_m += Path(std::vector{object.last.place, fix.place}, rules_.reading.edges).length_m();
  ++object.fixes;
  object.last = fix;
  object.sample = sample(fix);
  const auto& question = periods_.front().question;
  for (std::size_t region = 0; region < question.regions.size(); ++region) {
    if (!object.sample.state.is_inside(region)) continue;
    enter(object, region, fix.time_ms);
    auto event = event_at(Kind::enter, station_of(object));
    event.seen = false;
    event.region = region;
    out.push_back(event);
  }
  object.standings.clear();
  for (std::size_t program = 0; program < question.programs.size(); ++program) {
    const auto verdict = object.sample.state.verdict(program);
    object.standings.push_back({verdict, fix.time_ms});
    auto event = event_at(Kind::verdict, station_of(object));
    event.seen = false;
    event.program = program;
    event.from = event.to = verdict;
    out.push_back(event);
  }
}

/// It was last seen in all that it is in.
void Watch::end(WatchedObject& object, std::vector<WatchEvent>& out) {
  for (const auto& stay : object.stays) {
    auto event = event_at(Kind::exit, station_of(object));
    event.seen = false;
    event.region = stay.region;
    event.dwell_s = seconds(stay.since_ms, object.last.time_ms);
    out.push_back(event);
  }
  object.stays.clear();
}

void Watch::follow_way(WatchedObject& object, const Fix& fix, std::vector<WatchEvent>& out) {
  const auto begun = static_cast<std::ptrdiff_t>(out.size());
  const auto there = sample(fix);
  const double way_m = Path(std::vector{object.last.place, fix.place}, rules_.reading.edges).length_m();
  const bool alike = there.state == object.sample.state && fix.accuracy_m == object.last.accuracy_m &&
                     period_at(fix.time_ms) == period_at(object.last.time_ms);
  if (!alike || !(there.stays_m + object.sample.stays_m > way_m * 1.01 + certain_m)) {
    Track way;
    way.pieces = {{object.last, fix}};
    const auto answer = follow(periods_, way, {.edges = rules_.reading.edges});
    for (std::size_t i = 0; i < answer.visits.size(); ++i) {
      take_visit(object, answer.visits[i], i, fix, out);
      if ((stay_in(object, i) != object.stays.end()) == there.state.is_inside(i)) continue;
      // Within millimetres of a line the way and its end may differ.
      Visit::Passage found{.at = {fix.place, way_m, fix.time_ms}, .enters = there.state.is_inside(i)};
      found.earliest_ms = found.latest_ms = fix.time_ms;
      Visit visit;
      visit.passages.push_back(found);
      take_visit(object, visit, i, fix, out);
    }
    for (std::size_t i = 0; i < answer.courses.size(); ++i) take_course(object, answer, i, out);
  }
  for (auto& stay : object.stays) tell_dwell(object, stay, fix, fix.time_ms, out);
  std::stable_sort(out.begin() + begun, out.end(),
                   [](const WatchEvent& a, const WatchEvent& b) { return a.at.time_ms < b.at.time_ms; });
  object.at_m += way_m;
  ++object.fixes;
  object.last = fix;
  object.sample = there;
}

void Watch::take_visit(WatchedObject& object, const Visit& visit, std::size_t region, const Fix& fix,
                       std::vector<WatchEvent>& out) {
  for (const auto& passage : visit.passages) {
    const auto stay = stay_in(object, region);
    if (passage.enters == (stay != object.stays.end())) continue;
    auto event = event_at(passage.enters ? Kind::enter : Kind::exit, passage.at);
    event.at.at_m += object.at_m;
    event.earliest_ms = passage.earliest_ms;
    event.latest_ms = passage.latest_ms;
    event.region = region;
    if (passage.enters) {
      enter(object, region, passage.at.time_ms);
    } else {
      tell_dwell(object, *stay, fix, passage.at.time_ms, out);
      event.dwell_s = seconds(stay->since_ms, passage.at.time_ms);
      object.stays.erase(stay);
    }
    out.push_back(event);
  }
}

void Watch::take_course(WatchedObject& object, const TrackAnswer& answer, std::size_t program,
                        std::vector<WatchEvent>& out) {
  const auto& course = answer.courses[program];
  auto& standing = object.standings[program];
  const auto change = [&](const Station& at, policy::Verdict to) -> WatchEvent& {
    auto event = event_at(Kind::verdict, at);
    event.program = program;
    event.from = standing.verdict;
    event.to = to;
    event.dwell_s = seconds(standing.since_ms, at.time_ms);
    standing = {to, at.time_ms};
    out.push_back(event);
    return out.back();
  };
  // From here on another accuracy holds.
  if (course.intervals.front().verdict != standing.verdict) {
    change(station_of(object), course.intervals.front().verdict).seen = false;
  }
  for (const auto& crossing : course.crossings) {
    auto at = crossing.at;
    at.at_m += object.at_m;
    auto& event = change(at, crossing.to);
    event.earliest_ms = crossing.earliest_ms;
    event.latest_ms = crossing.latest_ms;
    event.because = crossing.because;
  }
}

void Watch::tell_dwell(const WatchedObject& object, WatchedObject::Stay& stay, const Fix& fix, Milliseconds until_ms,
                       std::vector<WatchEvent>& out) const {
  const double due_ms = stay.since_ms + 1000 * rules_.dwell_s;
  if (stay.dwell_told || !(due_ms <= until_ms)) return;
  stay.dwell_told = true;
  const Path way(std::vector{object.last.place, fix.place}, rules_.reading.edges);
  const double pause_ms = fix.time_ms - object.last.time_ms;
  const double share = pause_ms > 0 ? std::clamp((due_ms - object.last.time_ms) / pause_ms, 0.0, 1.0) : 1.0;
  auto event = event_at(Kind::dwell, {way.at(share * way.length_m()), object.at_m + share * way.length_m(), due_ms});
  event.region = stay.region;
  event.dwell_s = rules_.dwell_s;
  out.push_back(event);
}

}  // namespace kordon::tracks
