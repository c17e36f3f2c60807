#include "geo/bulk_query/locate_bulk.hpp"

#include <algorithm>

#include "geo/bulk_query/candidates.hpp"
#include "geo/bulk_query/refine.hpp"

namespace kordon::geo::bulk_query {
namespace {

/// Rows that are sorted together: the more, the nearer are neighbours, and the more memory it takes.
constexpr std::size_t chunk_rows = std::size_t{1} << 20U;
/// Rows that are sorted to the last bit together, and stay in the cache while they are answered.
constexpr std::size_t sorted_rows = 4096;
/// Cells are pruned from this size on, which is 5.6 degrees of longitude.
constexpr unsigned pruned_shift = 20;
/// Query blocks have more rows than this only in cells up to a third of a degree of longitude, and where fewer than
/// `few_items` balls are left for each boundary class: else they would have too many edges.
constexpr std::size_t safe_rows = 96;
constexpr unsigned small_shift = 12;
constexpr std::size_t few_items = 8;
/// Query blocks wider than the first of these are not searched together; of packets wider than the second each row is
/// searched alone.
constexpr double sparse_radius_m = 60e3;
constexpr double scattered_radius_m = 200e3;
/// Blocks of more rows than this are halved where they are too wide or have more than a few blocks of one boundary
/// class; others are taken apart into packets where they are too wide or have many.
constexpr std::size_t many_rows = 64;
constexpr std::size_t few_blocks = 24;
constexpr std::size_t many_blocks = 48;
/// More balls than this are worth a look before their edges.
constexpr std::size_t many_items = 48;

Ball ball_of(const Cell& cell) {
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
  Batch(const edge_index::IndexParts& index, std::span<const Column> columns, Workspace& workspace)
      : plan_(index, columns),
        candidates_(index, plan_, columns.size()),
        refinement_(index, plan_, columns),
        result_rows_(index.edges, columns, workspace.records),
        order_(workspace.order) {}

  void run(std::span<const double> lon_deg, std::span<const double> lat_deg) {
    result_rows_.restart(lon_deg, lat_deg);
    descend(order_.sort(lon_deg, lat_deg), false, 32, candidates_.restart());
  }

  /// Writes `count` of the rows, from `first` on, into the columns from row `to` on.
  void write(std::size_t first, std::size_t count, std::size_t to) const { result_rows_.write(first, count, to); }

 private:
  using Rows = std::span<const ZRow>;

  /// Answers the rows of a cell, whose keys agree except in the last `shift` bits, in the order of ZOrder::sort or
  /// `sorted` within; `from` are the candidates of a larger one.
  void descend(Rows rows, bool sorted, unsigned shift, CandidateStack::Range from) {
    if (!sorted && (rows.size() <= sorted_rows || shift <= order_.unsorted_bits())) {
      descend(order_.sort_within(rows), true, shift, from);
      return;
    }
    const bool fits = rows.size() <= safe_rows ||
                      (rows.size() <= QueryBlock::capacity && shift <= small_shift && has_few_items(from));
    if (fits || shift == 0) {
      for (; rows.size() > QueryBlock::capacity; rows = rows.subspan(QueryBlock::capacity)) {
        answer(rows.first(QueryBlock::capacity), from);
      }
      answer(rows, from);
      return;
    }
    static_assert(safe_rows >= ZOrder::unsorted_rows && safe_rows <= QueryBlock::capacity);
    const bool pruned = shift <= pruned_shift && shift % 2 == 0;
    const auto mine = pruned ? candidates_.prune_to(ball_of(z_cell(rows.front().key, shift)), from) : from;
    --shift;
    while (!rows.empty()) {
      const auto half = rows.front().key >> shift;
      const auto after = std::ranges::partition_point(rows, [&](ZRow row) { return row.key >> shift == half; });
      const auto count = static_cast<std::size_t>(after - rows.begin());
      descend(rows.first(count), sorted, shift, mine);
      rows = rows.subspan(count);
    }
    candidates_.pop_to(from);
  }

  [[nodiscard]] bool has_few_items(CandidateStack::Range range) const {
    return candidates_.item_count(range) < few_items * (range.end - range.begin);
  }

  void answer(Rows rows, CandidateStack::Range from) {
    if (rows.empty()) return;
    const auto ball = gather(rows);
    if (ball.radius_m <= sparse_radius_m && answer_together(rows, ball, from)) return;
    if (rows.size() > many_rows) {
      answer(rows.first(rows.size() / 2), from);
      answer(rows.subspan(rows.size() / 2), from);
      return;
    }
    for (; rows.size() > lane_count; rows = rows.subspan(lane_count)) answer_packet(rows.first(lane_count), from);
    answer_packet(rows, from);
  }

  auto take_tree() {
    return [this](std::uint32_t tree, const EdgeList& list) { return refinement_.add_tree(block_, tree, list); };
  }

  void answer_packet(Rows rows, CandidateStack::Range from) {
    const auto ball = gather(rows);
    refinement_.begin_block();
    const bool found =
        ball.radius_m <= scattered_radius_m && candidates_.prune_for_packet(block_, ball, from, list_, take_tree());
    if (!found) refinement_.begin_block();
    refinement_.refine(block_, rows, result_rows_);
  }

  /// False if there is too much that can be nearest.
  bool answer_together(Rows rows, const Ball& ball, CandidateStack::Range from) {
    refinement_.begin_block();
    const auto mine = candidates_.item_count(from) > many_items ? candidates_.prune_to(ball, from) : from;
    const bool found =
        candidates_.prune_edges(ball, mine, rows.size() > many_rows ? few_blocks : many_blocks, list_, take_tree());
    candidates_.pop_to(from);
    if (found) refinement_.refine(block_, rows, result_rows_);
    return found;
  }

  /// Copies rows into `block_`, and gives a ball around them.
  Ball gather(Rows rows) {
    block_.size = rows.size();
    for (std::size_t i = 0; i < block_.pairs() * single_count; ++i) {
      const auto place = rows[std::min(i, rows.size() - 1)].place;
      block_.lon_deg[i / lane_count][i % lane_count] = place.lon_deg;
      block_.lat_deg[i / lane_count][i % lane_count] = place.lat_deg;
    }
    return place_in_space(block_);
  }

  BoundaryPlan plan_;
  CandidateStack candidates_;
  Refinement refinement_;
  ResultRows result_rows_;
  ZOrder& order_;
  QueryBlock block_;
  EdgeList list_;
};

}  // namespace

void locate_bulk(const edge_index::IndexParts& index, std::span<const double> lon_deg, std::span<const double> lat_deg,
                 std::span<const Column> columns, std::size_t block_rows, const TakeBlock& take, Workspace& workspace) {
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

}  // namespace kordon::geo::bulk_query
