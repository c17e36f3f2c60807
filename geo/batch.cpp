#include "geo/batch.hpp"

#include <algorithm>

#include "geo/candidates.hpp"
#include "geo/settle.hpp"

namespace kordon::geo {
namespace {

/// Rows that are sorted together: the more, the nearer are neighbours, and the more room it takes.
constexpr std::size_t chunk_rows = std::size_t{1} << 20U;
/// Cells are sifted from this size on, which is 5.6 degrees of longitude.
constexpr unsigned sifted_shift = 20;
/// Leaves wider than this have nothing to share.
constexpr double sparse_radius_m = 60e3;
/// As few rows as this are not halved any more when they lie too far apart or there is too much that can be nearest to
/// them.
constexpr std::size_t least_rows = 16;
/// With more blocks of one owner set than this, leaves are halved: those of many rows, and others.
constexpr std::size_t many_rows = 64;
constexpr std::size_t few_blocks = 24;
constexpr std::size_t many_blocks = 192;
/// More balls than this are worth a look before their edges.
constexpr std::size_t many_items = 48;

Around ball_of(const Cell& cell) {
  const auto centre =
      to_ecef(LonLat{(cell.low.lon_deg + cell.high.lon_deg) / 2, (cell.low.lat_deg + cell.high.lat_deg) / 2});
  double radius2 = 0;
  for (const auto corner : {cell.low, cell.high, LonLat{cell.low.lon_deg, cell.high.lat_deg},
                            LonLat{cell.high.lon_deg, cell.low.lat_deg}}) {
    radius2 = std::max(radius2, length2(to_ecef(corner) - centre));
  }
  return {centre, std::sqrt(radius2) * 1.001};
}

class Batch {
 public:
  Batch(const IndexParts& index, std::span<const Column> columns, Workspace& workspace)
      : plan_(index, columns),
        candidates_(index, plan_, columns.size()),
        settlement_(index, plan_, columns, workspace.records),
        order_(workspace.order) {}

  void run(std::span<const double> lon_deg, std::span<const double> lat_deg) {
    settlement_.restart(lon_deg.size());
    descend(order_.sort(lon_deg, lat_deg), 32, candidates_.restart());
  }

  /// Writes `count` of the rows, from `first` on, into the columns from row `to` on.
  void write(std::size_t first, std::size_t count, std::size_t to) const { settlement_.write(first, count, to); }

 private:
  using Rows = std::span<const ZRow>;

  /// The rows of a cell, whose keys agree but for the last `shift` bits; `from` are the candidates of a larger one.
  void descend(Rows rows, unsigned shift, CandidateStack::Range from) {
    if (rows.size() <= Leaf::capacity || shift == 0) {
      for (; rows.size() > Leaf::capacity; rows = rows.subspan(Leaf::capacity)) {
        answer(rows.first(Leaf::capacity), from);
      }
      answer(rows, from);
      return;
    }
    static_assert(Leaf::capacity >= ZOrder::unsorted_rows);
    const bool sifted = shift <= sifted_shift && shift % 2 == 0;
    const auto mine = sifted ? candidates_.narrow_down(ball_of(z_cell(rows.front().key, shift)), from) : from;
    --shift;
    while (!rows.empty()) {
      const auto half = rows.front().key >> shift;
      const auto after = std::ranges::partition_point(rows, [&](ZRow row) { return row.key >> shift == half; });
      const auto count = static_cast<std::size_t>(after - rows.begin());
      descend(rows.first(count), shift, mine);
      rows = rows.subspan(count);
    }
    candidates_.pop_to(from);
  }

  void answer(Rows rows, CandidateStack::Range from) {
    if (rows.empty()) return;
    gather(rows);
    const auto ball = place_in_space(leaf_);
    const bool sparse = ball.radius_m > sparse_radius_m;
    if (!sparse && answer_together(rows, ball, from)) return;
    if (rows.size() > least_rows) {
      answer(rows.first(rows.size() / 2), from);
      answer(rows.subspan(rows.size() / 2), from);
      return;
    }
    for (const auto& row : rows) settlement_.settle_alone(row);
  }

  /// False if there is too much that can be nearest.
  bool answer_together(Rows rows, const Around& ball, CandidateStack::Range from) {
    settlement_.begin_leaf(rows);
    const auto mine = candidates_.item_count(from) > many_items ? candidates_.narrow_down(ball, from) : from;
    const bool found = candidates_.sift_edges(
        ball, mine, rows.size() > many_rows ? few_blocks : many_blocks, list_,
        [&](std::uint32_t set, const EdgeList& list) { return settlement_.add_set(leaf_, set, list); });
    candidates_.pop_to(from);
    for (std::size_t group = 0; found && group < leaf_.groups(); ++group) settlement_.settle(leaf_, group);
    return found;
  }

  /// Fetches what comes a leaf after these.
  static void expect_after(Rows rows) {
    constexpr std::size_t cache_line = 64;
    const auto* next = reinterpret_cast<const std::byte*>(rows.data() + rows.size());
    for (std::size_t i = 0; i < Leaf::capacity * sizeof(ZRow); i += cache_line) __builtin_prefetch(next + i);
  }

  void gather(Rows rows) {
    expect_after(rows);
    leaf_.size = rows.size();
    for (std::size_t i = 0; i < leaf_.groups() * lane_count; ++i) {
      const auto place = rows[std::min(i, rows.size() - 1)].place;
      leaf_.lon_deg[i / lane_count][i % lane_count] = place.lon_deg;
      leaf_.lat_deg[i / lane_count][i % lane_count] = place.lat_deg;
    }
  }

  Plan plan_;
  CandidateStack candidates_;
  Settlement settlement_;
  ZOrder& order_;
  Leaf leaf_;
  EdgeList list_;
};

}  // namespace

void locate_batch(const IndexParts& index, std::span<const double> lon_deg, std::span<const double> lat_deg,
                  std::span<const Column> columns, std::size_t block_rows, const TakeBlock& take,
                  Workspace& workspace) {
  Batch batch(index, columns, workspace);
  const bool whole =
      std::ranges::all_of(columns, [&](const Column& column) { return column.rows() >= lon_deg.size(); });
  for (std::size_t first = 0; first < lon_deg.size(); first += chunk_rows) {
    const auto rows = std::min(chunk_rows, lon_deg.size() - first);
    batch.run(lon_deg.subspan(first, rows), lat_deg.subspan(first, rows));
    for (std::size_t begin = 0; begin < rows; begin += block_rows) {
      const auto count = std::min(block_rows, rows - begin);
      batch.write(begin, count, whole ? first + begin : 0);
      take(first + begin, count);
    }
  }
}

}  // namespace kordon::geo
