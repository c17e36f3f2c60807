#include "tracks/track.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kordon::tracks {
namespace {

/// Faster than this is said: no road, sea or airliner's track is.
constexpr double fast_m_s = 1200 / 3.6;

/// Calls `visit(piece, i)` for each fix that has one before it.
template <typename Visit>
void each_edge(const Track& track, Visit&& visit) {
  for (std::size_t piece = 0; piece < track.pieces.size(); ++piece) {
    for (std::size_t i = 1; i < track.pieces[piece].size(); ++i) visit(piece, i);
  }
}

std::string where(const Track& track, std::size_t piece, std::size_t fix) {
  return track.pieces.size() == 1 ? fmt::format("position {}", fix) : fmt::format("position {} of part {}", fix, piece);
}

/// How often something is odd, and where first.
struct Count {
  std::size_t times = 0;
  std::size_t piece = 0;
  std::size_t fix = 0;

  void add(std::size_t at_piece, std::size_t at_fix) {
    if (times++ == 0) piece = at_piece, fix = at_fix;
  }
};

void say(std::vector<std::string>& out, const Track& track, const Count& count, std::string_view what) {
  if (count.times == 0) return;
  out.push_back(fmt::format("{} ({} time{}, first at {})", what, count.times, count.times == 1 ? "" : "s",
                            where(track, count.piece, count.fix)));
}

}  // namespace

std::optional<TrackFault> find_fault(const Track& track) {
  const bool timed =
      !track.pieces.empty() && !track.pieces.front().empty() && !std::isnan(track.pieces.front().front().time_ms);
  for (std::size_t piece = 0; piece < track.pieces.size(); ++piece) {
    const auto& fixes = track.pieces[piece];
    const bool alone = track.pieces.size() == 1 || !timed;
    if (fixes.size() < (alone ? 2U : 1U)) return TrackFault{piece, 0, "a line has at least two positions"};
    for (std::size_t i = 0; i < fixes.size(); ++i) {
      if (std::isnan(fixes[i].time_ms) == timed) return TrackFault{piece, i, "each position has a time, or none has"};
      if (i == 0) continue;
      if (fixes[i].time_ms < fixes[i - 1].time_ms) {
        return TrackFault{piece, i, "its time lies before that of the position before it; put them in order"};
      }
      if (std::abs(fixes[i].place.lon_deg - fixes[i - 1].place.lon_deg) == 180) {
        return TrackFault{piece, i,
                          "it lies 180 degrees of longitude from the position before it, so that it is not known which "
                          "way round the line runs; add a position between them"};
      }
    }
  }
  return std::nullopt;
}

std::vector<std::string> oddities_of(const Track& track, const Reading& reading) {
  Count around, equal, fast;
  each_edge(track, [&](std::size_t piece, std::size_t i) {
    const auto& from = track.pieces[piece][i - 1];
    const auto& to = track.pieces[piece][i];
    const bool parked = from.place == to.place;
    if (std::abs(to.place.lon_deg - from.place.lon_deg) > 180) around.add(piece, i);
    if (to.time_ms == from.time_ms && !parked) equal.add(piece, i);
    const double pause_s = (to.time_ms - from.time_ms) / 1000;
    if (!(pause_s > 0) || pause_s > reading.max_gap_s || parked) return;
    const double least_m = geo::wgs84_b_m * 3.14159 / 180 * std::abs(to.place.lat_deg - from.place.lat_deg);
    const double way_m =
        least_m > fast_m_s * pause_s ? least_m : Path(std::vector{from.place, to.place}, reading.edges).length_m();
    if (way_m > fast_m_s * pause_s && !(way_m > reading.max_speed_m_s * pause_s)) fast.add(piece, i);
  });
  std::vector<std::string> oddities;
  say(oddities, track, around, "the line crosses the antimeridian: it was read as going the shorter way round");
  say(oddities, track, equal, "two positions have the same time: the way between them was read as taking no time");
  say(oddities, track, fast, "the way between two positions is faster than 1,200 km/h; max_speed_m_s makes it a gap");
  return oddities;
}

}  // namespace kordon::tracks
