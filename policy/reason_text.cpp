#include <fmt/compile.h>
#include <fmt/format.h>

#include <cmath>

#include "geo/atlas/atlas.hpp"
#include "policy/explain.hpp"
#include "policy/field.hpp"
#include "policy/reason.hpp"
#include "policy/wording.hpp"

namespace kordon::policy {
namespace {

constexpr double metres_per_km = 1000;

/// To about four figures, as people read lengths.
std::string length_text(double m) {
  if (m < 10) return fmt::format(FMT_COMPILE("{:.1f} m"), m);
  if (m < metres_per_km) return fmt::format(FMT_COMPILE("{:.0f} m"), m);
  const double km = m / metres_per_km;
  if (km < 10) return fmt::format(FMT_COMPILE("{:.2f} km"), km);
  return km < 1000 ? fmt::format(FMT_COMPILE("{:.1f} km"), km) : fmt::format(FMT_COMPILE("{:.0f} km"), km);
}

/// Nothing where a region has no boundary.
std::string measured(double m, std::string_view separator, std::string_view after) {
  return std::isfinite(m) ? fmt::format(FMT_COMPILE("{}{}{}"), separator, length_text(m), after) : std::string();
}

std::string_view absence_text(Absence absence) {
  switch (absence) {
    case Absence::not_yet:
      return "no rule was in force yet on this date";
    case Absence::no_longer:
      return "no rule is in force any more on this date";
    case Absence::between:
      return "no rule is in force on this date";
    case Absence::never:
      return "no rule permits it";
  }
  return "";
}

/// The first instant after the one asked for at which a permission comes into force.
std::optional<Instant> next_permission(const Program& program) {
  std::optional<Instant> next;
  for (const auto& rule : program.policy->rules) {
    const auto& from = rule.in_force.from;
    if (rule.activity != program.activity || rule.effect != Effect::permit || !from || *from <= program.at) continue;
    if (!next || *from < *next) next = from;
  }
  return next;
}

/// A day where it begins, UTC.
std::string day_or_time(Instant instant) {
  const auto text = to_text(instant);
  constexpr std::string_view midnight = "T00:00:00Z";
  return text.ends_with(midnight) ? text.substr(0, text.size() - midnight.size()) : text;
}

std::string of_absence(Absence absence, const Program& program) {
  std::string text(absence_text(absence));
  text[0] = 'N';
  if (const auto next = next_permission(program)) text += ": the next one is in force from " + day_or_time(*next);
  return text;
}

/// `Russia`, `the border Russia - Kharkiv oblast`, `the coast of Russia`, `the boundary of Russia`.
std::string name_of(const Area& area) {
  const auto& name = area.target_name.empty() ? area.target_id : area.target_name;
  const auto kind = geo::border_kind_of(area.target_id);
  if (!kind) return name;
  if (*kind == geo::BorderKind::section) return "the border " + name;
  return (*kind == geo::BorderKind::coast ? "the coast of " : "the boundary of ") + name;
}

/// A clause's own test, whatever the area makes of it.
struct Test {
  const Clause& clause;
  std::string place;  ///< `Russia`; `100 km of the border Russia - Kharkiv oblast`
  double distance_m;  ///< to the line
  double margin_m;    ///< of the test
  double accuracy_m;  ///< of position and line together
};

Test test_of(const Clause& clause, const Program& program, const Measurement& measurement) {
  const double signed_m = measurement.signed_m[clause.target];
  const bool inside = clause.kind == Area::Kind::inside;
  const auto name = name_of(*clause.area);
  return {.clause = clause,
          .place = inside ? name : fmt::format("{} of {}", radius_text(clause.area->radius, program), name),
          .distance_m = std::fabs(signed_m),
          .margin_m = clause.radius_m + signed_m,
          .accuracy_m = uncertainty_m(measurement.position_accuracy_m, measurement.accuracy_m[clause.target])};
}

std::string of_indeterminate(const Test& test, const Program& program) {
  const bool inside = test.clause.kind == Area::Kind::inside;
  const auto line =
      inside ? "the edge of " + test.place
             : fmt::format("{} from {}", radius_text(test.clause.area->radius, program), name_of(*test.clause.area));
  return fmt::format("Too close to {} to tell: {} away, and known to {}", line, length_text(std::fabs(test.margin_m)),
                     length_text(test.accuracy_m));
}

/// `remark` goes between the test and its figure.
std::string of_test(const Test& test, std::string_view remark) {
  const bool inside = test.clause.kind == Area::Kind::inside;
  if (test.margin_m < 0) {
    return inside ? fmt::format("Not inside {}{}", test.place, measured(-test.margin_m, ": ", " outside"))
                  : fmt::format("Not within {}{}", test.place, measured(-test.margin_m, ": ", " too far"));
  }
  const auto figure = measured(test.distance_m, ": ", inside ? " from its edge" : " away");
  return fmt::format("{} {}{}{}", inside ? "Inside" : "Within", test.place, remark, figure);
}

}  // namespace

ReasonText words_of(const Reason& reason, const Program& program, const Measurement& measurement,
                    const Outcome& outcome) {
  if (reason.clause == none) return {std::string(absence_text(reason.absence)), of_absence(reason.absence, program)};
  const Clause& clause = program.clauses[reason.clause];
  const std::string clause_words = clause_text(program, clause);
  const std::string before = reason.prohibits ? "Prohibited here. " : "";
  if (clause.kind == Area::Kind::everywhere) return {clause_words, before + "Everywhere, without an edge"};
  const auto test = test_of(clause, program, measurement);
  if (outcome.verdict == Verdict::indeterminate) return {clause_words, of_indeterminate(test, program)};
  const bool excluded = outcome.verdict != Verdict::eligible && !reason.prohibits && test.margin_m >= 0;
  return {clause_words, before + of_test(test, excluded ? ", which is left out" : "")};
}

}  // namespace kordon::policy
