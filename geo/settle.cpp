#include "geo/settle.hpp"

#include <algorithm>
#include <bit>

namespace kordon::geo {

Settlement::Settlement(const IndexParts& index, const Plan& plan, std::span<const Column> columns,
                       HugeVector<double>& records)
    : index_(index),
      plan_(plan),
      columns_(columns),
      records_(records),
      found_(Leaf::max_groups * max_sets),
      shares_(columns.size()),
      merged_(columns.size()),
      nearest_(columns.size()),
      signed_(columns.size()) {
  std::size_t offset = 0;
  for (const auto& column : columns) {
    offsets_.push_back(offset);
    offset += (column.signed_m.empty() ? 0U : 1U) + (column.nearest.empty() ? 0U : 2U);
  }
  offsets_.push_back(offset);
}

void Settlement::restart(std::size_t rows) {
  if (records_.size() < rows * offsets_.back()) records_.resize(rows * offsets_.back());
}

std::span<const ZRow> Settlement::rows_of(std::size_t group) const {
  const auto first = group * lane_count;
  return leaf_rows_.subspan(first, std::min(lane_count, leaf_rows_.size() - first));
}

/// Fetches the group's records, which are soon written to: all of a leaf's at once would be more than the processor
/// waits for side by side.
void Settlement::expect(std::size_t group) const {
  constexpr std::size_t cache_line = 8;
  for (const auto& row : rows_of(group)) {
    const auto* record = records_.data() + row.row * offsets_.back();
    for (std::size_t i = 0; i < offsets_.back(); i += cache_line) __builtin_prefetch(record + i, 1);
  }
}

void Settlement::begin_leaf(std::span<const ZRow> rows) {
  leaf_rows_ = rows;
  found_sets_ = 0;
  for (auto& shares : shares_) shares = {};
}

bool Settlement::add_set(const Leaf& leaf, std::uint32_t set, const EdgeList& list) {
  if (found_sets_ == max_sets) return false;
  const auto bit = std::uint64_t{1} << found_sets_;
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const auto part = plan_.part(column, set);
    if (part != Plan::Part::none) shares_[column].sets |= bit;
    if (part == Plan::Part::inside_right) shares_[column].inside_right |= bit;
  }
  for (std::size_t group = 0; group < leaf.groups(); ++group) {
    if (found_sets_ == 0) expect(group);
  }
  find_nearest_in_lanes(index_.edges, list, leaf, &found_[found_sets_], max_sets);
  ++found_sets_;
  return true;
}

/// Into `nearest_`, `signed_` and `fields_`.
void Settlement::merge_group(std::size_t group) {
  const auto* found = &found_[group * max_sets];
  fields_.clear();
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    auto& shares = shares_[column];
    auto& merged = merged_[column];
    if (shares.sets == 0) {
      signed_[column].far.fill(-1);
      signed_[column].doubtful = true;
      nearest_[column] = &merged.nearest;
    } else {
      shares.merged = 0;
      while (shares_[shares.merged].sets != shares.sets) ++shares.merged;
      if (shares.merged == column) merge(found, shares.sets, merged);
      const auto& like = merged_[shares.merged];
      nearest_[column] = &like.nearest;
      sign(like, columns_[column].target < index_.regions, shares.inside_right, signed_[column]);
    }
    if (!columns_[column].signed_m.empty()) fields_.push_back(&signed_[column].signed_m);
    if (columns_[column].nearest.empty()) continue;
    fields_.push_back(&nearest_[column]->lon_deg);
    fields_.push_back(&nearest_[column]->lat_deg);
  }
}

void Settlement::settle(const Leaf& leaf, std::size_t group) {
  const auto rows = rows_of(group);
  merge_group(group);
  for (std::size_t lane = 0; lane < rows.size(); ++lane) {
    auto* record = records_.data() + rows[lane].row * offsets_.back();
    for (const auto* field : fields_) *record++ = (*field)[lane];
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (signed_[column].doubtful) settle_doubtful(leaf, group, column);
  }
}

/// The rows of a group that a column's lanes do not answer.
void Settlement::settle_doubtful(const Leaf& leaf, std::size_t group, std::size_t column) {
  const auto rows = rows_of(group);
  for (std::size_t lane = 0; lane < rows.size(); ++lane) {
    const LonLat place{leaf.lon_deg[group][lane], leaf.lat_deg[group][lane]};
    auto* out = records_.data() + rows[lane].row * offsets_.back() + offsets_[column];
    if (signed_[column].far[lane] != 0) {
      PlaceSearch search(index_, place);
      settle_column_alone(column, search, no_edge, out);
    } else if (signed_[column].no_side[lane] != 0 && !columns_[column].signed_m.empty()) {
      *out = side_alone(column, Query(place), *nearest_[column], lane);
    }
  }
}

void Settlement::settle_alone(const ZRow& row) {
  PlaceSearch search(index_, row.place);
  auto* record = records_.data() + row.row * offsets_.back();
  hints_.resize(columns_.size(), no_edge);
  for (auto column = columns_.size(); column-- > 0;) {
    hints_[column] = settle_column_alone(column, search, hints_[column], record + offsets_[column]);
  }
}

Edge Settlement::settle_column_alone(std::size_t column, PlaceSearch& search, Edge hint, double* record) const {
  const auto target = columns_[column].target;
  const auto found = search.find_nearest(target, hint);
  const auto standing = search.standing(target, found);
  if (!columns_[column].signed_m.empty()) *record++ = standing.margin_m();
  if (!columns_[column].nearest.empty()) {
    record[0] = standing.nearest.lon_deg;
    record[1] = standing.nearest.lat_deg;
  }
  return found.edge;
}

/// The signed distance where the lanes do not know the side.
double Settlement::side_alone(std::size_t column, const Query& query, const NearestInLanes& nearest,
                              std::size_t lane) const {
  const auto edge = static_cast<Edge>(nearest.edge[lane]);
  const double distance_m = nearest.distance_m[lane];
  const Nearest found{distance_m, edge, nearest_on_edge(index_.edges.curve(edge), query.p).t};
  const bool inside = is_inside(index_.edges, index_.junctions, columns_[column].target, query.p, found);
  return inside ? distance_m : -distance_m;
}

void Settlement::write(std::size_t first, std::size_t count, std::size_t to) const {
  const double* record = records_.data() + first * offsets_.back();
  for (auto row = to; row < to + count; ++row) {
    for (const auto& column : columns_) {
      if (!column.signed_m.empty()) column.signed_m[row] = *record++;
      if (column.nearest.empty()) continue;
      column.nearest[row] = {record[0], record[1]};
      record += 2;
    }
  }
}

}  // namespace kordon::geo
