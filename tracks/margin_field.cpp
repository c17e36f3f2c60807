#include "tracks/margin_field.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "policy/field.hpp"

namespace kordon::tracks {
namespace {

constexpr double unbounded_m = std::numeric_limits<double>::infinity();
/// From here on a disc is not worth a search for its edges.
constexpr double widest_disc_m = 5000;

std::vector<geo::Target> targets_of(const Question& question) {
  auto targets = question.regions;
  for (const auto* program : question.programs) {
    targets.insert(targets.end(), program->targets.begin(), program->targets.end());
  }
  std::ranges::sort(targets);
  targets.erase(std::ranges::unique(targets).begin(), targets.end());
  return targets;
}

}  // namespace

MarginField::MarginField(const Question& question)
    : question_(question),
      targets_(targets_of(question)),
      nearby_(geo::continuous_query(*question.index, targets_)),
      signed_m_(targets_.size()),
      bounds_(targets_.size()),
      least_m_(question.index->target_count()),
      most_m_(question.index->target_count()),
      signed_by_target_(question.index->target_count()),
      outcomes_(question.programs.size()),
      verdict_margins_(question.programs.size()),
      too_wide_m_(unbounded_m) {}

Sample MarginField::sample(geo::LonLat place, double accuracy_m) {
  ++samples_;
  accuracy_m_ = accuracy_m;
  nearby_.signed_m(place, signed_m_);
  for (std::size_t i = 0; i < targets_.size(); ++i) signed_by_target_[targets_[i]] = signed_m_[i];
  return evaluate();
}

Sample MarginField::evaluate() {
  Sample sample{.state = {}, .stays_m = unbounded_m};
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    outcomes_[i] = policy::evaluate(*question_.programs[i], measurement(), verdict_margins_[i]);
    sample.state.verdicts |= static_cast<std::uint64_t>(outcomes_[i].verdict) << (2 * i);
    sample.stays_m = std::min(sample.stays_m, verdict_margins_[i].stays_m());
  }
  for (std::size_t i = 0; i < question_.regions.size(); ++i) {
    const double margin_m = signed_by_target_[question_.regions[i]];
    sample.state.inside |= static_cast<std::uint64_t>(margin_m > 0) << i;
    sample.stays_m = std::min(sample.stays_m, std::abs(margin_m));
  }
  return sample;
}

double MarginField::others_m(const std::vector<bool>& touched) const {
  double least_m = unbounded_m;
  for (const auto* program : question_.programs) {
    for (std::uint32_t i = 0; i < program->clauses.size(); ++i) {
      const auto& clause = program->clauses[i];
      if (clause.kind == policy::Area::Kind::everywhere) continue;
      if (clause.kind == policy::Area::Kind::inside && touched[clause.target]) continue;
      const auto field = policy::field_of(program->clauses, i, measurement());
      least_m = std::min({least_m, std::abs(field.lo_m), std::abs(field.hi_m)});
    }
  }
  for (const auto region : question_.regions) {
    if (!touched[region]) least_m = std::min(least_m, std::abs(signed_by_target_[region]));
  }
  return least_m;
}

bool MarginField::touches_line() const {
  return std::ranges::any_of(signed_m_, [](double m) { return std::abs(m) < geo::on_line_m; });
}

OnLine MarginField::on_line() {
  OnLine on;
  std::vector<bool> touched(signed_by_target_.size());
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    if (!(std::abs(signed_m_[i]) <= geo::on_line_m)) continue;
    const auto edge = nearby_.nearest_edges()[i];
    if (on.edge != geo::edge_index::no_edge && on.edge != edge) return {};
    on.edge = edge;
    touched[targets_[i]] = true;
  }
  if (on.edge == geo::edge_index::no_edge) return on;
  on.stays_m = others_m(touched);
  for (const auto target : targets_) {
    if (touched[target]) signed_by_target_[target] = 0;
  }
  on.state = evaluate().state;
  for (std::size_t i = 0; i < targets_.size(); ++i) signed_by_target_[targets_[i]] = signed_m_[i];
  evaluate();
  return on;
}

bool MarginField::bound(geo::LonLat from, geo::LonLat to) {
  if (!nearby_.bound_m(from, to, bounds_)) return false;
  samples_ += 2;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    least_m_[targets_[i]] = bounds_[i].least_m;
    most_m_[targets_[i]] = bounds_[i].most_m;
  }
  return true;
}

bool MarginField::keeps_state(const State& state, double depth_m) const {
  const bool on_line = std::ranges::any_of(bounds_, [](const geo::edge_index::Bounds& bounds) {
    return bounds.least_m < geo::on_line_m && bounds.most_m > -geo::on_line_m;
  });
  for (std::size_t i = 0; i < question_.programs.size(); ++i) {
    const auto bounds = policy::bound(*question_.programs[i], measurement_bounds());
    if (!bounds.is_surely(state.verdict(i), on_line ? -margin_error_m : depth_m - margin_error_m)) return false;
  }
  for (std::size_t i = 0; i < question_.regions.size(); ++i) {
    const auto region = question_.regions[i];
    if (!(state.is_inside(i) ? least_m_[region] > 0 : most_m_[region] < 0)) return false;
  }
  return true;
}

double MarginField::least_margin_m(std::size_t program) const {
  return std::max(policy::bound(*question_.programs[program], measurement_bounds()).least_margin_m - geo::on_line_m,
                  0.0);
}

void MarginField::prepare(geo::LonLat centre, double radius_m) {
  if (radius_m > widest_disc_m || radius_m > too_wide_m_ / 4) return;
  const bool tight = nearby_.size() <= 8 || radius_m > nearby_.radius_m() / 16;
  if (tight && nearby_.covers(centre) && radius_m <= nearby_.radius_m()) return;
  too_wide_m_ = nearby_.collect(centre, radius_m) ? unbounded_m : radius_m;
}

}  // namespace kordon::tracks
