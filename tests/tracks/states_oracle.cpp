#include <doctest/doctest.h>
#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <cmath>
#include <cstdlib>

#include "geo/earth/geodesic.hpp"
#include "tests/geo/oracle.hpp"
#include "tests/geo/shipped.hpp"
#include "tests/tracks/drawn.hpp"
#include "tracks/state_changes.hpp"

using namespace kordon;
using namespace kordon::tracks;
using kordon::geo::LonLat;

namespace {

/// The truth about `within radius_m of A`, permitted in scope everywhere, with an uncertainty u: GeographicLib's
/// distance to every edge, and GEOS's opinion on the side. Written without anything of the index or of tracks.
class Truth {
 public:
  Truth(const geo::Region& region, double radius_m, double u_m)
      : distance_(geo::oracle::lines_of(region)), containment_(region), radius_m_(radius_m), u_m_(u_m) {}

  /// Where the verdict would be eligible: > u; ineligible: < -u.
  [[nodiscard]] double margin_m(LonLat place) const {
    const double distance_m = distance_.to(place);
    return radius_m_ + (containment_.inside(place) ? distance_m : -distance_m);
  }
  /// Whether what is crossed is a line itself, 2 mm wide.
  [[nodiscard]] bool is_line() const { return radius_m_ == 0 && u_m_ <= 0.001; }
  [[nodiscard]] int side(double margin_m) const { return margin_m > u_m_ ? 1 : (margin_m < -u_m_ ? -1 : 0); }
  [[nodiscard]] double off_m(double margin_m) const { return std::abs(std::abs(margin_m) - u_m_); }

 private:
  geo::oracle::Distance distance_;
  geo::oracle::Containment containment_;
  double radius_m_;
  double u_m_;
};

struct Drawn {
  LonLat from;
  LonLat to;
  EdgeKind edges;
};

/// A place of an edge; planar: by its share in degrees, geodesic: in metres.
LonLat place_at(const Drawn& edge, double t) {
  if (edge.edges == EdgeKind::planar) {
    return {edge.from.lon_deg + t * (edge.to.lon_deg - edge.from.lon_deg),
            edge.from.lat_deg + t * (edge.to.lat_deg - edge.from.lat_deg)};
  }
  const auto path = geo::inverse(edge.from, edge.to);
  return geo::direct(edge.from, path.bearing_deg, t * path.distance_m);
}

struct Change {
  LonLat place;
  double at_m;
  int before, after;
};

/// Dense sampling and bisection. Steps are no longer than two thirds of what the margin allows, and 2 cm at least: an
/// excursion that is deeper than 1 cm is longer.
class Oracle {
 public:
  Oracle(const Truth& truth, const Drawn& edge) : truth_(truth), edge_(edge) {
    length_m_ = length_until(1);
    double t = 0;
    double margin_m = truth_.margin_m(place_at(edge_, 0));
    while (t < 1) {
      const double step_m = std::max(truth_.off_m(margin_m) / 1.5, 0.02);
      const double next = std::min(1.0, t + step_m / (length_m_ * 1.02));
      const double next_m = truth_.margin_m(place_at(edge_, next));
      if (truth_.side(margin_m) != truth_.side(next_m)) bisect(t, next, truth_.side(margin_m), truth_.side(next_m));
      t = next;
      margin_m = next_m;
    }
  }

  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  [[nodiscard]] double length_m() const { return length_m_; }

  /// By chords of a thousandth.
  [[nodiscard]] double length_until(double t) const {
    double sum_m = 0;
    const int pieces = edge_.edges == EdgeKind::planar ? 200 : 1;
    for (int i = 0; i < pieces; ++i) {
      sum_m += geo::inverse(place_at(edge_, t * i / pieces), place_at(edge_, t * (i + 1) / pieces)).distance_m;
    }
    return sum_m;
  }

 private:
  void bisect(double low, double high, int before, int after) {
    while ((high - low) * length_m_ > 1e-4) {
      const double middle = (low + high) / 2;
      const int here = truth_.side(truth_.margin_m(place_at(edge_, middle)));
      if (here != before && here != after) {
        bisect(low, middle, before, here);
        bisect(middle, high, here, after);
        return;
      }
      (here == before ? low : high) = middle;
    }
    const Change change{place_at(edge_, low), length_until(low), before, after};
    const double shortest_m = truth_.is_line() && before == 0 ? shortest_along_m : tangent_m;
    if (changes_.empty() || change.at_m - changes_.back().at_m >= shortest_m) return changes_.push_back(change);
    // Parts shorter than that are none.
    changes_.back().after = after;
    changes_.back().at_m = (changes_.back().at_m + change.at_m) / 2;
    if (changes_.back().before == after) changes_.pop_back();
  }

  const Truth& truth_;
  const Drawn& edge_;
  double length_m_;
  std::vector<Change> changes_;
};

int side_of(policy::Verdict verdict) {
  if (verdict == policy::Verdict::eligible) return 1;
  return verdict == policy::Verdict::ineligible ? -1 : 0;
}

/// How near to tangency two changes beside each other are: no margin between them is farther from its bound than half
/// of their distance.
double depth_m(const std::vector<Change>& changes, std::size_t i) {
  double depth = 1e9;
  if (i > 0) depth = std::min(depth, (changes[i].at_m - changes[i - 1].at_m) / 2);
  if (i + 1 < changes.size()) depth = std::min(depth, (changes[i + 1].at_m - changes[i].at_m) / 2);
  return depth;
}

struct Figures {
  std::size_t crossings = 0;
  double worst_place_m = 0;
  double worst_dwell_ms = 0;
};

std::vector<Change> changes_of(const Course& course) {
  std::vector<Change> changes;
  for (const auto& crossing : course.crossings) {
    changes.push_back({crossing.at.place, crossing.at.at_m, side_of(crossing.from), side_of(crossing.to)});
  }
  return changes;
}

/// Every change of one list that is no touch is in the other. Where a line crosses at a small angle the index's own
/// error, below 1 mm, is the longer along it: `grazing` is how much.
void each_is_in(const std::vector<Change>& some, const std::vector<Change>& others, const Truth& truth,
                const Drawn& edge, Figures& figures) {
  for (std::size_t i = 0; i < some.size(); ++i) {
    if (depth_m(some, i) < 0.02) continue;
    double nearest_m = 1e9;
    for (const auto& other : others) {
      if (other.before != some[i].before || other.after != some[i].after) continue;
      nearest_m = std::min(nearest_m, std::abs(other.at_m - some[i].at_m));
    }
    const double off_m = truth.off_m(truth.margin_m(some[i].place));
    ++figures.crossings;
    INFO(fmt::format("{:.9f} {:.9f} to {:.9f} {:.9f}: {} of {} against {} at {} m, {} to {}, margin off by {}",
                     edge.from.lon_deg, edge.from.lat_deg, edge.to.lon_deg, edge.to.lat_deg, i, some.size(),
                     others.size(), some[i].at_m, some[i].before, some[i].after, off_m));
    CHECK(off_m < 0.003);
    CHECK(nearest_m < 0.01);
    figures.worst_place_m = std::max(figures.worst_place_m, nearest_m);
  }
}

void compare(const test::Map& map, const Truth& truth, const policy::Program& program, const Drawn& edge,
             double accuracy_m, Figures& figures) {
  const Oracle oracle(truth, edge);
  const double seconds = oracle.length_m() / 20;
  const auto track = test::timed_line_of({edge.from, edge.to}, {0, 1000 * seconds}, accuracy_m);
  const auto answer = test::follow_one(map.ask({&program}), track, {.edges = edge.edges});
  CHECK(std::abs(answer.length_m - oracle.length_m()) < 0.003);
  const auto& course = answer.courses[0];
  const auto found = changes_of(course);
  each_is_in(oracle.changes(), found, truth, edge, figures);
  each_is_in(found, oracle.changes(), truth, edge, figures);
  if (found.size() != oracle.changes().size()) return;  // touches
  double dwell_s = 0;
  for (const auto& interval : course.intervals) dwell_s += side_of(interval.verdict) > 0 ? interval.dwell_s : 0;
  double truth_s = 0;
  double from_m = 0;
  int side = truth.side(truth.margin_m(edge.from));
  for (const auto& change : oracle.changes()) {
    if (side > 0) truth_s += (change.at_m - from_m) / 20;
    from_m = change.at_m, side = change.after;
  }
  if (side > 0) truth_s += (oracle.length_m() - from_m) / 20;
  CHECK(std::abs(dwell_s - truth_s) < 0.001);
  figures.worst_dwell_ms = std::max(figures.worst_dwell_ms, 1000 * std::abs(dwell_s - truth_s));
}

/// A star with many corners round (36, 50), and straight sides of 30 km.
geo::Atlas star() {
  std::string wkt = "POLYGON((";
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> far(0.15, 0.5);
  std::string first;
  for (int i = 0; i < 60; ++i) {
    const double angle = i * 6 * 3.14159265358979 / 180;
    const double r = i % 7 == 0 ? 0.5 : far(random);
    const auto corner = fmt::format("{:.7f} {:.7f}", 36 + 1.5 * r * std::cos(angle), 50 + r * std::sin(angle));
    if (i == 0) first = corner;
    wkt += corner + ",";
  }
  return atlas_from_wkt({{"A", wkt + first + "))"}});
}

int count_of_segments(int usual) {
  const char* asked = std::getenv("KORDON_ORACLE_SEGMENTS");  // NOLINT(concurrency-mt-unsafe): before any thread
  return asked == nullptr ? usual : std::atoi(asked);         // NOLINT(cert-err34-c): 0 will do
}

void compare_many(double radius_m, double accuracy_m, double near_m, EdgeKind edges) {
  const test::Map map(star());
  const auto& region = map.atlas.regions[0];
  const auto area = policy::test::within(radius_m, 0, "A");
  const auto policy = policy::test::policy_of(policy::test::everywhere(),
                                              {policy::test::permit(radius_m > 0 ? area : policy::test::inside(0))});
  const auto program = test::compiled(policy);
  // Nearer than 1 mm to a line is on it; the end of a zone is no line.
  const Truth truth(region, radius_m, radius_m > 0 ? accuracy_m : std::max(accuracy_m, 0.001));
  std::mt19937_64 random(20240530);
  Figures figures;
  const int count = count_of_segments(60);
  for (int i = 0; i < count; ++i) {
    Drawn edge{{}, {}, edges};
    edge.from = geo::oracle::random_place(random, {35, 49.3}, {37, 50.7});
    edge.to = geo::oracle::random_place(random, {35, 49.3}, {37, 50.7});
    if (near_m > 0) {
      edge.from = geo::oracle::random_place_near(random, region.rings[0], near_m);
      edge.to =
          geo::direct(edge.from, static_cast<double>(random() % 3600) / 10, 20 + static_cast<double>(random() % 3000));
    }
    compare(map, truth, program, edge, accuracy_m, figures);
  }
  MESSAGE(fmt::format("{} segments, {} crossings both ways: places within {:.2g} m, dwell within {:.2g} ms", count,
                      figures.crossings, figures.worst_place_m, figures.worst_dwell_ms));
}

}  // namespace

TEST_CASE("random segments cross a region's boundary where the oracle says") {
  compare_many(0, 0, 0, EdgeKind::planar);
  compare_many(0, 0, 0, EdgeKind::geodesic);
}

TEST_CASE("segments near a boundary cross it where the oracle says") {
  compare_many(0, 0, 300, EdgeKind::planar);
  compare_many(0, 0, 300, EdgeKind::geodesic);
}

TEST_CASE("segments cross the end of a zone along a boundary where the oracle says") {
  compare_many(4000, 0, 0, EdgeKind::planar);
  compare_many(4000, 0, 6000, EdgeKind::planar);
}

TEST_CASE("segments whose positions are not known well cross where an end of the margin's range is 0") {
  compare_many(0, 150, 0, EdgeKind::planar);
  compare_many(500, 150, 800, EdgeKind::planar);
}
