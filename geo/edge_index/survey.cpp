#include "geo/edge_index/survey.hpp"

#include <algorithm>

#include "geo/edge_index/near_query.hpp"

namespace kordon::geo::edge_index {
namespace {

class Surveyor {
 public:
  Surveyor(const IndexParts& index, LonLat place, Survey& out) : index_(index), search_(index, place), out_(out) {}

  void measure_all() {
    for (auto target = static_cast<Target>(index_.targets); target-- > 0;) {
      out_.items.push_back({target, search_.standing(target, search_.find_nearest(target))});
    }
    finish();
  }

  void measure_near(const SurveyQuery& query) {
    // Border sections come after regions, and are parts of their boundaries: what is searched for them is known then.
    for (auto i = query.named.size(); i-- > 0;) add(query.named[i]);
    for (const auto& coverage : out_.coverages) {
      if (coverage.region != no_target) add(coverage.region);
    }
    NearQuery near(index_, search_);
    const auto wanted = [&](Target target) { return !has(target); };
    for (const bool regions : {false, true}) {
      // The nearest border section is listed wherever it is.
      const double within_m = regions ? query.near_m : std::max(query.near_m, out_.nearest_border.distance_m);
      const auto most = regions ? query.nearest : most_borders(query);
      const auto& found = near.find(regions, within_m, most, wanted);
      for (const auto& [target, nearest] : found) fresh_.push_back({target, search_.standing(target, nearest)});
      out_.items.insert(out_.items.end(), fresh_.begin(), fresh_.end());
      fresh_.clear();
    }
    finish();
  }

  void measure_coverages() {
    out_.items.clear();
    out_.coverages.clear();
    const auto border = index_.all_borders();
    out_.nearest_border = search_.standing(border, search_.find_nearest(border));
    for (std::size_t i = 0; i < index_.coverages.size(); ++i) {
      const auto target = index_.coverage_target(i);
      out_.coverages.push_back(search_.standing(target, search_.find_nearest(target)));
    }
  }

 private:
  [[nodiscard]] bool has(Target target) const {
    return std::ranges::find(out_.items, target, &Survey::Item::target) != out_.items.end();
  }

  void add(Target target) {
    if (!has(target)) out_.items.push_back({target, search_.standing(target, search_.find_nearest(target))});
  }

  /// Of named ones one may be the nearest of all already; else room is left for it.
  [[nodiscard]] std::size_t most_borders(const SurveyQuery& query) const {
    const auto nearest_m = out_.nearest_border.distance_m;
    const auto is_it = [&](const Survey::Item& item) {
      return item.target >= index_.regions && item.standing.distance_m <= nearest_m;
    };
    return std::ranges::any_of(out_.items, is_it) ? query.nearest : std::max<std::size_t>(query.nearest, 1);
  }

  void finish() { std::ranges::sort(out_.items, {}, &Survey::Item::target); }

  const IndexParts& index_;
  PointQuery search_;
  Survey& out_;
  std::vector<Survey::Item> fresh_;
};

}  // namespace

void survey(const IndexParts& index, LonLat place, const SurveyQuery& query, Survey& out) {
  Surveyor surveyor(index, place, out);
  surveyor.measure_coverages();
  if (query.all) {
    surveyor.measure_all();
  } else {
    surveyor.measure_near(query);
  }
}

}  // namespace kordon::geo::edge_index
