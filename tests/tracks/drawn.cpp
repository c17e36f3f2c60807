#include "tests/tracks/drawn.hpp"

namespace kordon::tracks::test {

Map::Map(geo::Atlas drawn, double line_accuracy_m)
    : atlas(std::move(drawn)), index(atlas), accuracy_m(atlas.target_count(), line_accuracy_m) {}

Question Map::ask(std::vector<const policy::Program*> programs, std::vector<geo::Target> regions) const {
  return {&index, accuracy_m, std::move(programs), std::move(regions)};
}

policy::Program compiled(const policy::Policy& policy) {
  std::vector<double> values;
  for (const auto& parameter : policy.parameters) values.push_back(parameter.value);
  return policy::compile(policy, 0, policy::test::instant("2024-06-15T00:00:00Z"), values);
}

Track timed_line_of(std::vector<geo::LonLat> places, std::vector<double> times_ms, double accuracy_m) {
  Track track;
  track.pieces.emplace_back();
  for (std::size_t i = 0; i < places.size(); ++i) track.pieces[0].push_back({places[i], accuracy_m, times_ms[i]});
  return track;
}

Track line_of(std::vector<geo::LonLat> places, double accuracy_m) {
  std::vector<double> times_ms(places.size(), no_time);
  return timed_line_of(std::move(places), std::move(times_ms), accuracy_m);
}

TrackAnswer follow_one(const Question& question, const Track& track, const Reading& reading) {
  const std::vector<Period> periods{{.question = question}};
  return follow(periods, track, reading);
}

}  // namespace kordon::tracks::test
