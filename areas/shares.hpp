#pragma once

#include <array>
#include <vector>

#include "areas/rings.hpp"
#include "tracks/margin_field.hpp"

namespace kordon::areas {

/// A margin and a place that has it.
struct Extreme {
  double margin_m = 0;
  geo::LonLat place;
};

/// What one program says of an area.
struct Shares {
  std::array<double, 4> area_m2{};  ///< by policy::Verdict; their sum is the area
  Extreme least;                    ///< Outcome::margin_m; to a thousandth, or 1 m
  Extreme greatest;
};

/// All of an area.
struct AreaAnswer {
  double area_m2 = 0;          ///< on WGS 84
  std::vector<Shares> shares;  ///< by Question::programs
  std::uint64_t samples = 0;   ///< places that were measured
  bool given_up = false;       ///< the question does not allow as much; the rest means nothing
};

/// Which shares of an area have which verdict, to 1e-6 of it.
///
/// A cell round which the margin reaches farther than its corners lie has one verdict. Others are halved until what
/// they are off by, where their margins are taken as linear and cut at 0, adds up to no more. At least one ring,
/// positive area.
AreaAnswer find_shares(const tracks::Question& question, const Rings& rings, double accuracy_m);

}  // namespace kordon::areas
