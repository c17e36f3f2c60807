#include "scoring/verdict_map.hpp"

#include <algorithm>

namespace kordon::scoring {
namespace {

constexpr std::uint32_t coarse = 32;    ///< tiles along a side of the largest cells, 45 degrees
constexpr std::size_t many_rows = 256;  ///< of one call in a tile that make it worth dividing

/// Calls `each(cell, code)` for cells of `columns` times `rows`, from the largest: what is decided for a cell is for
/// all in it, and the others are split in four.
template <typename Each>
void decide_by_quarters(VerdictCells& cells, std::vector<GridCell> open, double size_deg, int splits, Each&& each) {
  for (;; --splits, size_deg /= 2) {
    const auto codes = cells.decide(open, size_deg);
    std::vector<GridCell> next;
    const std::uint32_t side = 1U << static_cast<unsigned>(splits);
    for (std::size_t i = 0; i < open.size(); ++i) {
      const auto [column, row] = open[i];
      if (codes[i] == undecided && splits > 0) {
        for (const auto dx : {0U, 1U}) {
          for (const auto dy : {0U, 1U}) next.push_back({2 * column + dx, 2 * row + dy});
        }
        continue;
      }
      for (std::uint32_t y = row * side; y < (row + 1) * side; ++y) {
        for (std::uint32_t x = column * side; x < (column + 1) * side; ++x) each(GridCell{x, y}, codes[i]);
      }
    }
    if (next.empty()) return;
    open = std::move(next);
  }
}

}  // namespace

VerdictMap::VerdictMap(const Terms& terms, double accuracy_limit_m)
    : terms_(terms),
      accuracy_limit_m_(accuracy_limit_m),
      cells_(terms, accuracy_limit_m),
      whole_(std::size_t{columns} * rows, undecided),
      divided_(whole_.size()) {
  std::vector<GridCell> largest;
  for (std::uint32_t row = 0; row < rows / coarse; ++row) {
    for (std::uint32_t column = 0; column < columns / coarse; ++column) largest.push_back({column, row});
  }
  decide_by_quarters(cells_, std::move(largest), 360.0 / columns * coarse, 5,
                     [&](GridCell tile, VerdictCode code) { whole_[tile.row * columns + tile.column] = code; });
}

VerdictMap::~VerdictMap() {
  for (const auto& tile : divided_) delete tile.load();
}

std::size_t VerdictMap::size_bytes() const {
  const auto tiles = std::ranges::count_if(divided_, [](const auto& tile) { return tile.load() != nullptr; });
  return static_cast<std::size_t>(tiles) * sizeof(Tile);
}

VerdictMap::Place VerdictMap::place_of(double lon_deg, double lat_deg) {
  constexpr double cells_per_degree = columns * cells / 360.0;
  const auto x = std::min(static_cast<std::uint32_t>((lon_deg + 180) * cells_per_degree), columns * cells - 1);
  const auto y = std::min(static_cast<std::uint32_t>((lat_deg + 90) * cells_per_degree), rows * cells - 1);
  return {y / cells * columns + x / cells, y % cells * cells + x % cells};
}

void VerdictMap::divide(std::uint32_t tile) const {
  const std::lock_guard lock(dividing_);
  if (divided_[tile].load(std::memory_order_relaxed) != nullptr) return;
  auto divided = std::make_unique<Tile>();
  decide_by_quarters(
      cells_, {{tile % columns, tile / columns}}, 360.0 / columns, 7,
      [&](GridCell cell, VerdictCode code) { (*divided)[cell.row % cells * cells + cell.column % cells] = code; });
  divided_[tile].store(divided.release(), std::memory_order_release);
}

void VerdictMap::divide_where_many(const Positions& positions) const {
  std::vector<std::uint32_t> asked(whole_.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const auto tile = place_of(positions.lon_deg[i], positions.lat_deg[i]).tile;
    if (whole_[tile] == undecided && ++asked[tile] == many_rows) divide(tile);
  }
}

VerdictCode VerdictMap::code_at(Place place) const {
  const auto code = whole_[place.tile];
  if (code != undecided) return code;
  const auto* tile = divided_[place.tile].load(std::memory_order_acquire);
  return tile == nullptr ? undecided : (*tile)[place.cell];
}

void VerdictMap::evaluate_each(const Positions& positions, std::span<const std::uint32_t> which,
                               std::span<const std::span<policy::Verdict>> out) const {
  const auto take = [&](std::span<const double> column) {
    std::vector<double> taken;
    taken.reserve(which.size());
    if (!column.empty()) {
      for (const auto i : which) taken.push_back(column[i]);
    }
    return taken;
  };
  const auto lon_deg = take(positions.lon_deg);
  const auto lat_deg = take(positions.lat_deg);
  const auto accuracy_m = take(positions.accuracy_m);
  const auto verdicts = cells_.evaluate({lon_deg, lat_deg, accuracy_m}, terms_.accuracy_m);
  for (std::size_t program = 0; program < out.size(); ++program) {
    for (std::size_t k = 0; k < which.size(); ++k) out[program][which[k]] = verdicts[program][k];
  }
}

void VerdictMap::evaluate(const Positions& positions, std::span<const std::span<policy::Verdict>> out) const {
  divide_where_many(positions);
  std::vector<std::uint32_t> open;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    auto code = code_at(place_of(positions.lon_deg[i], positions.lat_deg[i]));
    if (!positions.accuracy_m.empty() && positions.accuracy_m[i] > accuracy_limit_m_) code = undecided;
    if (code == undecided) {
      open.push_back(static_cast<std::uint32_t>(i));
      continue;
    }
    const auto verdicts = cells_.verdicts(code);
    for (std::size_t program = 0; program < out.size(); ++program) out[program][i] = verdicts[program];
  }
  evaluate_each(positions, open, out);
}

}  // namespace kordon::scoring
