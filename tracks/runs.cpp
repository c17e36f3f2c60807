#include "tracks/runs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kordon::tracks {
namespace {

std::size_t period_at(std::span<const Period> periods, Milliseconds time_ms) {
  std::size_t period = 0;
  while (period + 1 < periods.size() && periods[period + 1].from_ms <= time_ms) ++period;
  return period;
}

/// The place on an edge that is reached after a share of its length.
geo::LonLat place_after(const Path& edge, double share) {
  double low = 0;
  double high = edge.length_m();
  while (high - low > 1e-5) {
    const double middle = std::midpoint(low, high);
    (edge.metres_at(middle) < share * edge.length_m() ? low : high) = middle;
  }
  return edge.at(low);
}

class Splitter {
 public:
  Splitter(std::span<const Period> periods, const Reading& reading) : periods_(periods), reading_(reading) {}

  void add_piece(const std::vector<Fix>& piece) {
    begin(piece.front(), Gap::Reason::piece);
    for (std::size_t i = 1; i < piece.size(); ++i) {
      ++fix_;
      const auto gap = gap_between(piece[i - 1], piece[i]);
      if (gap) {
        begin(piece[i], *gap);
      } else {
        add_edge(piece[i - 1], piece[i]);
      }
    }
    ++fix_;
  }

  std::vector<Run> take() { return std::move(runs_); }

 private:
  [[nodiscard]] std::optional<Gap::Reason> gap_between(const Fix& from, const Fix& to) const {
    const double pause_s = (to.time_ms - from.time_ms) / 1000;
    if (pause_s > reading_.max_gap_s) return Gap::Reason::pause;
    if (!std::isfinite(reading_.max_speed_m_s) || std::isnan(pause_s)) return std::nullopt;
    const double way_m = Path(std::vector{from.place, to.place}, reading_.edges).length_m();
    if (way_m > reading_.max_speed_m_s * pause_s) return Gap::Reason::jump;
    return std::nullopt;
  }

  void begin(const Fix& fix, Gap::Reason gap) {
    runs_.push_back({.places = {},
                     .time_ms = {},
                     .fix = {},
                     .accuracy_m = fix.accuracy_m,
                     .period = period_at(periods_, fix.time_ms),
                     .after_gap = true,
                     .gap = gap});
    add_place(fix.place, fix.time_ms);
  }

  void add_place(geo::LonLat place, Milliseconds time_ms) {
    runs_.back().places.push_back(place);
    runs_.back().time_ms.push_back(time_ms);
    runs_.back().fix.push_back(fix_);
  }

  /// The next run begins where this one ends.
  void begin_joined(double accuracy_m, std::size_t period) {
    const auto place = runs_.back().places.back();
    const auto time_ms = runs_.back().time_ms.back();
    const auto fix = runs_.back().fix.back();
    runs_.push_back({.places = {place},
                     .time_ms = {time_ms},
                     .fix = {fix},
                     .accuracy_m = accuracy_m,
                     .period = period,
                     .after_gap = false,
                     .gap = Gap::Reason::piece});
  }

  void add_edge(const Fix& from, const Fix& to) {
    const double accuracy_m = std::max(from.accuracy_m, to.accuracy_m);
    auto& run = runs_.back();
    if (run.places.size() == 1) {
      run.accuracy_m = accuracy_m;
    } else if (run.accuracy_m != accuracy_m) {
      begin_joined(accuracy_m, run.period);
    }
    const auto last = period_at(periods_, to.time_ms);
    for (auto period = runs_.back().period; period < last; ++period) {
      const double until_ms = periods_[period + 1].from_ms;
      const double share = (until_ms - from.time_ms) / (to.time_ms - from.time_ms);
      --fix_;
      add_place(place_after(Path(std::vector{from.place, to.place}, reading_.edges), share), until_ms);
      begin_joined(accuracy_m, period + 1);
      ++fix_;
    }
    add_place(to.place, to.time_ms);
  }

  std::span<const Period> periods_;
  const Reading& reading_;
  std::vector<Run> runs_;
  std::size_t fix_ = 0;
};

}  // namespace

std::vector<Run> split_runs(std::span<const Period> periods, const Track& track, const Reading& reading) {
  Splitter splitter(periods, reading);
  for (const auto& piece : track.pieces) splitter.add_piece(piece);
  return splitter.take();
}

}  // namespace kordon::tracks
