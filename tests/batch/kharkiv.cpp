#include "tests/batch/kharkiv.hpp"

#include <random>

#include "tests/geo/shipped.hpp"

namespace kordon::batch::test {
namespace {

using policy::Area;

policy::Area clause(policy::Area::Kind kind, geo::Target target, policy::Radius radius = {}) {
  return {kind, target, geo::shipped().id_of(target), radius, {}};
}

policy::Rule rule(std::size_t activity, policy::Effect effect, policy::Area area) {
  policy::Rule made;
  made.activity = activity;
  made.effect = effect;
  made.area = std::move(area);
  return made;
}

policy::Policy kharkiv_policy() {
  const auto& atlas = geo::shipped();
  const auto russia = clause(policy::Area::Kind::inside, atlas.find_region("RU").value());
  const auto near =
      clause(policy::Area::Kind::within, atlas.find_border("RU|UA-63").value(), {100, policy::Unit::kilometre, {}});
  policy::Policy policy;
  policy.activities = {{"counter-fire", "", russia}, {"long-range", "", russia}, {"air-defence", "", policy::Area{}}};
  policy.rules = {rule(0, policy::Effect::permit, {policy::Area::Kind::all, 0, {}, {}, {russia, near}}),
                  rule(1, policy::Effect::prohibit, russia), rule(2, policy::Effect::permit, policy::Area{})};
  return policy;
}

}  // namespace

Kharkiv::Kharkiv() : index_(geo::shipped()), policy_(kharkiv_policy()) {
  for (geo::Target target = 0; target < index_.target_count(); ++target) {
    accuracy_m_.push_back(geo::shipped().accuracy_m_of(target));
  }
  for (std::size_t activity = 0; activity < policy_.activities.size(); ++activity) {
    programs_.push_back(policy::compile(policy_, activity, {}, {}));
  }
}

Points::Points(std::size_t count, geo::LonLat low, geo::LonLat high, double worst_accuracy_m) {
  std::mt19937_64 random(9);
  std::uniform_real_distribution<double> unit(0, 1);
  for (std::size_t i = 0; i < count; ++i) {
    lon_deg.push_back(low.lon_deg + unit(random) * (high.lon_deg - low.lon_deg));
    lat_deg.push_back(low.lat_deg + unit(random) * (high.lat_deg - low.lat_deg));
    accuracy_m.push_back(worst_accuracy_m * unit(random));
  }
}

}  // namespace kordon::batch::test
