#pragma once

#include <vector>

#include "batch/measure.hpp"

namespace kordon::bench {

/// The full evaluation of one position at a time.
class SingleAsker {
 public:
  struct Answer {
    std::vector<geo::Standing> standings;   ///< by geo::Target
    std::vector<policy::Outcome> outcomes;  ///< by program
  };

  explicit SingleAsker(const batch::BulkQuery& query);

  /// Good until the next call.
  const Answer& ask(geo::LonLat place);

 private:
  batch::BulkQuery query_;
  std::vector<geo::Target> targets_;
  std::vector<double> signed_m_;
  Answer answer_;
};

}  // namespace kordon::bench
