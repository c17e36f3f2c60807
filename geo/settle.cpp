#include "geo/settle.hpp"

#include <algorithm>

namespace kordon::geo {

Settlement::Settlement(const IndexParts& index, const Plan& plan, std::span<const Column> columns)
    : index_(index),
      plan_(plan),
      columns_(columns),
      found_(Leaf::max_groups * max_sets),
      hints_(columns.size(), no_edge),
      shares_(columns.size()),
      merged_(columns.size()),
      signed_(columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) shares_[i].region = columns[i].target < index.regions;
}

void Settlement::begin_leaf() {
  found_sets_ = 0;
  for (auto& share : shares_) share.sets = share.inside_right = share.merged = 0;
}

bool Settlement::add_set(const Leaf& leaf, std::uint32_t set, const EdgeList& list) {
  if (found_sets_ == max_sets) return false;
  const auto bit = std::uint64_t{1} << found_sets_;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const auto part = plan_.part(column, set);
    if (part != Plan::Part::none) shares_[column].sets |= bit;
    if (part == Plan::Part::inside_right) shares_[column].inside_right |= bit;
  }
  find_nearest_in_lanes(index_.edges, list, leaf, &found_[found_sets_], max_sets);
  ++found_sets_;
  return true;
}

/// Columns that take the same merge it once.
void Settlement::share() {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    auto& share = shares_[column];
    while (shares_[share.merged].sets != share.sets) ++share.merged;
  }
}

void Settlement::settle(const Leaf& leaf, std::span<const ZRow> rows, Records& out) {
  share();
  for (std::size_t group = 0; group < leaf.groups(); ++group) {
    const auto first = group * lane_count;
    const auto mine = rows.subspan(first, std::min(lane_count, rows.size() - first));
    if (sign(&found_[group * max_sets], shares_, index_.edges.series_chord_m, merged_, signed_)) {
      for (std::size_t lane = 0; lane < mine.size(); ++lane) settle_doubtful(mine[lane].place, lane);
    }
    out.put(mine, signed_);
  }
}

/// What the lanes do not know of a row.
void Settlement::settle_doubtful(LonLat place, std::size_t lane) {
  const auto doubtful = [lane](const Signed& answer) { return (answer.far[lane] | answer.no_side[lane]) != 0; };
  if (std::ranges::none_of(signed_, doubtful)) return;
  PlaceSearch search(index_, place);
  for (auto column = columns_.size(); column-- > 0;) {
    auto& answer = signed_[column];
    if (!doubtful(answer)) continue;
    const auto target = columns_[column].target;
    Nearest found{-answer.signed_m[lane], static_cast<Edge>(answer.edge[lane]), answer.t[lane]};
    if (answer.far[lane] != 0) {
      found = search.find_nearest(target, hints_[column]);
      hints_[column] = found.edge;
      answer.edge[lane] = found.edge;
      answer.t[lane] = found.t;
    }
    answer.signed_m[lane] = search.standing(target, found).margin_m();
  }
}

}  // namespace kordon::geo
