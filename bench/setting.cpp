#include "bench/setting.hpp"

namespace kordon::bench {
namespace {

using policy::Area;
using policy::Effect;

policy::Rule rule(std::size_t activity, Effect effect, Area area) {
  policy::Rule made;
  made.activity = activity;
  made.effect = effect;
  made.area = std::move(area);
  return made;
}

policy::Policy policy_for(const geo::Atlas& atlas, std::string_view region, std::string_view border) {
  const Area inside{Area::Kind::inside, atlas.find_region(region).value(), std::string(region), {}, {}};
  const policy::Radius depth{100, policy::Unit::kilometre, {}};
  const Area near{Area::Kind::within, atlas.find_border(border).value(), std::string(border), depth, {}};
  policy::Policy policy;
  policy.activities = {{"counter-fire", "", inside}, {"long-range", "", inside}, {"air-defence", "", Area{}}};
  policy.rules = {rule(0, Effect::permit, {Area::Kind::all, 0, {}, {}, {inside, near}}),
                  rule(1, Effect::prohibit, inside), rule(2, Effect::permit, Area{})};
  return policy;
}

}  // namespace

Setting::Setting(const geo::Atlas& atlas, std::string_view region, std::string_view border)
    : atlas_(atlas), index_(atlas), policy_(policy_for(atlas, region, border)) {
  for (geo::Target target = 0; target < atlas.target_count(); ++target) {
    accuracy_m_.push_back(atlas.accuracy_m_of(target));
  }
  for (std::size_t activity = 0; activity < policy_.activities.size(); ++activity) {
    programs_.push_back(compile(policy_, activity, {}, {}));
  }
}

std::size_t Setting::edge_count() const {
  std::size_t count = 0;
  for (const auto& arc : atlas_.arcs) count += arc.line.size() - 1;
  return count;
}

}  // namespace kordon::bench
