#pragma once

#include <string>
#include <vector>

namespace kordon {

/// Fault in a file of the operator: a layer, a policy, the configuration.
struct Fault {
  std::string where;    ///< file, and the feature or key path in it: `countries.shp: feature 3`
  std::string message;  ///< the fault and what was expected, one sentence
};

using Faults = std::vector<Fault>;

}  // namespace kordon
