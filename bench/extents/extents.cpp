// Lines and areas against one region at full resolution, beside GEOS on the plane of degrees (what Shapely asks), in
// one run and one thread. The answers are compared before anything is timed; the run ends where two differ. Of the same
// tracks track_peers.py asks PostGIS, Shapely and MovingPandas.
#include <fmt/os.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>

#include "areas/read_area.hpp"
#include "areas/shares.hpp"
#include "bench/cpu_time.hpp"
#include "bench/extents/plane.hpp"
#include "bench/setting.hpp"
#include "geo/earth/geodesic.hpp"
#include "tests/geo/shipped.hpp"
#include "tracks/state_changes.hpp"

namespace kordon::bench {
namespace {

using Places = std::vector<geo::LonLat>;

constexpr std::size_t fixes = 1000;
constexpr double step_m = 1000;
constexpr double pi = 3.14159265358979;

/// A way through the theatre whose bearing sways by 50 degrees at most, so that it never meets itself.
Places track(std::mt19937_64& random) {
  std::uniform_real_distribution<double> lon(33, 41), lat(48, 52.5), bearing(0, 360), sway(-50, 50);
  Places places{{lon(random), lat(random)}};
  const double along_deg = bearing(random);
  while (places.size() < fixes) places.push_back(geo::direct(places.back(), along_deg + sway(random), step_m));
  return places;
}

Places star(std::mt19937_64& random, geo::LonLat centre, double size_deg, int corners) {
  std::uniform_real_distribution<double> far(0.5, 1.0);
  Places shell;
  for (int i = 0; i < corners; ++i) {
    const double angle = i * 2 * pi / corners;
    const double r = far(random) * size_deg;
    shell.push_back({centre.lon_deg + 1.5 * r * std::cos(angle), centre.lat_deg + r * std::sin(angle)});
  }
  shell.push_back(shell.front());
  return shell;
}

/// The least processor time of three passes, in seconds.
template <typename Pass>
double least_s(Pass&& pass) {
  double least = 1e9;
  for (int i = 0; i < 3; ++i) {
    const double begun = thread_cpu_s();
    pass();
    least = std::min(least, thread_cpu_s() - begun);
  }
  return least;
}

[[noreturn]] void differ(const std::string& what) {
  fmt::print(stderr, "{}\n", what);
  std::exit(1);
}

/// Lines that are exact: GEOS knows no accuracies.
tracks::Question question_of(const Setting& setting, geo::Target region) {
  static const std::vector<double> exact(setting.atlas().target_count(), 0.0);
  return {.index = &setting.index(), .accuracy_m = exact, .programs = {}, .regions = {region}};
}

Places places_of(const tracks::Path& path, const tracks::PathStates& states) {
  Places places;
  for (const auto& change : states.changes) places.push_back(path.at(change.along));
  return places;
}

/// Each place of one list has one of the other within 2 cm.
void compare(const Places& some, const Places& others) {
  for (const auto& place : some) {
    const bool found = std::ranges::any_of(others, [&](const geo::LonLat& other) {
      return std::abs(other.lat_deg - place.lat_deg) < 1e-5 && geo::inverse(place, other).distance_m < 0.02;
    });
    if (!found) differ(fmt::format("no crossing near {:.8f} {:.8f}", place.lon_deg, place.lat_deg));
  }
}

std::vector<Places> draw_tracks() {
  std::mt19937_64 random(2024);
  std::vector<Places> lines(200);
  for (auto& line : lines) line = track(random);
  return lines;
}

/// The region where the tracks are, and a degree more.
Plane around(const std::vector<Places>& lines, const geo::Region& region) {
  geo::LonLat low{180, 90}, high{-180, -90};
  for (const auto& line : lines) {
    for (const auto& [lon, lat] : line) {
      low = {std::min(low.lon_deg, lon), std::min(low.lat_deg, lat)};
      high = {std::max(high.lon_deg, lon), std::max(high.lat_deg, lat)};
    }
  }
  return {region, {low.lon_deg - 1, low.lat_deg - 1}, {high.lon_deg + 1, high.lat_deg + 1}};
}

double cost_of_tracks_s(tracks::MarginField& field, const std::vector<Places>& lines) {
  return least_s([&] {
    for (const auto& line : lines) {
      const tracks::Path path(line, tracks::EdgeKind::planar);
      if (tracks::find_states(field, path, 0).measured.empty()) std::abort();
    }
  });
}

double segments_of(const std::vector<Places>& lines) { return static_cast<double>(lines.size() * (fixes - 1)); }

void measure_tracks(const Setting& setting, geo::Target region) {
  const auto lines = draw_tracks();
  const auto plane = around(lines, setting.atlas().regions[region]);
  std::vector<std::shared_ptr<const Plane::Shape>> shapes;
  for (const auto& line : lines) shapes.push_back(plane.line(line));
  const auto question = question_of(setting, region);
  tracks::MarginField field(question);
  std::size_t crossings = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const tracks::Path path(lines[i], tracks::EdgeKind::planar);
    const auto ours = places_of(path, tracks::find_states(field, path, 0));
    const auto theirs = plane.crossings(*shapes[i]);
    compare(ours, theirs);
    compare(theirs, ours);
    crossings += ours.size();
  }
  const double ours_s = cost_of_tracks_s(field, lines);
  const double theirs_s = least_s([&] {
    for (const auto& shape : shapes) std::ignore = plane.crossings(*shape);
  });
  const double segments = segments_of(lines);
  fmt::print("tracks of {} fixes 1 km apart: {} tracks, {} crossings alike within 2 cm\n", fixes, lines.size(),
             crossings);
  fmt::print("  kordon {:.2f} million segments a second; GEOS {:.3f} ({} vertices); {:.0f} times\n",
             segments / ours_s / 1e6, segments / theirs_s / 1e6, plane.vertices(), theirs_s / ours_s);
}

/// What `track_peers.py` asks others: the same tracks and region as WKT, where Kordon has them cross, and what that
/// costs it.
void write_tracks(const Setting& setting, geo::Target region, const std::string& folder) {
  const auto lines = draw_tracks();
  const auto question = question_of(setting, region);
  tracks::MarginField field(question);
  fmt::output_file(folder + "/region.tsv").print("{}\n", around(lines, setting.atlas().regions[region]).wkt());
  auto tracks = fmt::output_file(folder + "/tracks.tsv");
  auto crossings = fmt::output_file(folder + "/crossings.tsv");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string wkt;
    for (const auto& [lon, lat] : lines[i]) wkt += fmt::format("{}{} {}", wkt.empty() ? "" : ",", lon, lat);
    tracks.print("{}\tLINESTRING({})\n", i, wkt);
    const tracks::Path path(lines[i], tracks::EdgeKind::planar);
    for (const auto& [lon, lat] : places_of(path, tracks::find_states(field, path, 0))) {
      crossings.print("{}\t{}\t{}\n", i, lon, lat);
    }
  }
  fmt::print("{:.1f}\n", 1e9 * cost_of_tracks_s(field, lines) / segments_of(lines));
}

/// Centres of areas: vertices of the border, or places anywhere in the theatre.
Places centres(const Setting& setting, bool on_border, std::mt19937_64& random) {
  const auto& border =
      setting.atlas().borders[setting.atlas().find_border("RU|UA").value() - setting.atlas().regions.size()];
  const auto& line = *std::ranges::max_element(border.lines, {}, &geo::Line::size);
  std::uniform_real_distribution<double> lon(33, 41), lat(48, 52.5);
  Places places;
  for (int i = 0; i < (on_border ? 20 : 200); ++i) {
    places.push_back(on_border ? line[random() % line.size()] : geo::LonLat{lon(random), lat(random)});
  }
  return places;
}

void measure_areas(const Setting& setting, geo::Target region, int corners, bool on_border) {
  std::mt19937_64 random(static_cast<std::uint64_t>(corners));
  const auto question = question_of(setting, region);
  std::vector<policy::Program> programs(setting.query().programs.begin(), setting.query().programs.end());
  auto asked = question;
  asked.programs = {&programs[1]};
  const Plane plane(setting.atlas().regions[region], {20, 40}, {60, 65});
  std::vector<areas::Rings> ours;
  std::vector<std::shared_ptr<const Plane::Shape>> theirs;
  double places = 0;
  for (const auto& centre : centres(setting, on_border, random)) {
    const auto shell = star(random, centre, 0.05, corners);
    ours.push_back(areas::read_area({{shell}}, tracks::EdgeKind::planar)->rings);
    theirs.push_back(plane.area(shell));
    const auto answer = areas::find_shares(asked, ours.back(), 0);
    places += static_cast<double>(answer.samples);
    const double outside = answer.shares[0].area_m2[static_cast<std::size_t>(policy::Verdict::not_applicable)];
    const double off = 1 - outside / answer.area_m2 - plane.share(*theirs.back());
    if (std::abs(off) > 2e-3) differ(fmt::format("shares differ by {} at {} {}", off, centre.lon_deg, centre.lat_deg));
  }
  const double ours_s = least_s([&] {
    for (const auto& rings : ours) std::ignore = areas::find_shares(asked, rings, 0);
  });
  const double theirs_s = least_s([&] {
    for (const auto& shape : theirs) std::ignore = plane.share(*shape);
  });
  const auto count = static_cast<double>(ours.size());
  fmt::print("areas of {} corners, 10 km wide, {}: kordon {:.3f} ms ({:.0f} places), GEOS {:.3f} ms; {:.2g} times\n",
             corners, on_border ? "on the border" : "in the theatre", 1e3 * ours_s / count, places / count,
             1e3 * theirs_s / count, theirs_s / ours_s);
}

}  // namespace
}  // namespace kordon::bench

/// With a folder: leaves there what `track_peers.py` asks others, and prints what a segment costs, in ns.
int main(int argc, char** argv) {
  using namespace kordon;
  const auto& atlas = geo::shipped();
  const bench::Setting setting(atlas, "RU", "RU|UA-63");
  const auto region = atlas.find_region("RU").value();
  if (argc > 1) {
    bench::write_tracks(setting, region, argv[1]);
    return 0;
  }
  bench::measure_tracks(setting, region);
  for (const bool on_border : {true, false}) {
    for (const int corners : {10, 100, 1000}) bench::measure_areas(setting, region, corners, on_border);
  }
}
