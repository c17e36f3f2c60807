#pragma once

#include <vector>

#include "scoring/evaluate.hpp"

namespace kordon::bench {

/// The full evaluation of one position at a time.
class SingleAsker {
 public:
  struct Answer {
    std::vector<geo::Standing> standings;   ///< by geo::Target
    std::vector<policy::Outcome> outcomes;  ///< by program
  };

  explicit SingleAsker(const scoring::Terms& terms);

  /// Good until the next call.
  const Answer& ask(geo::LonLat place);

 private:
  scoring::Terms terms_;
  std::vector<geo::Target> targets_;
  std::vector<double> signed_m_;
  Answer answer_;
};

}  // namespace kordon::bench
