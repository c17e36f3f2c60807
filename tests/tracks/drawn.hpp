#pragma once

#include "geo/index.hpp"
#include "tests/geo/atlas_from_wkt.hpp"
#include "tests/policy/build.hpp"
#include "tracks/track.hpp"

/// Drawn regions with an index, and a question about them.
namespace kordon::tracks::test {

struct Map {
  geo::Atlas atlas;
  geo::Index index;
  std::vector<double> accuracy_m;  ///< by target

  /// All lines have the same accuracy.
  explicit Map(geo::Atlas drawn, double line_accuracy_m = 0);

  [[nodiscard]] geo::Target region(std::string_view id) const { return atlas.find_region(id).value(); }
  [[nodiscard]] Question ask(std::vector<const policy::Program*> programs, std::vector<geo::Target> regions = {}) const;
};

/// A policy's only activity, compiled with all defaults.
policy::Program compiled(const policy::Policy& policy);

/// A line of places without times.
Track line_of(std::vector<geo::LonLat> places, double accuracy_m = 0);
/// The same with times, milliseconds.
Track timed_line_of(std::vector<geo::LonLat> places, std::vector<double> times_ms, double accuracy_m = 0);

/// The answer to one question.
TrackAnswer follow_one(const Question& question, const Track& track, const Reading& reading = {});

}  // namespace kordon::tracks::test
