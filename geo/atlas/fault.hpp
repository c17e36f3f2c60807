#pragma once

#include <string>
#include <vector>

namespace kordon {

/// Something wrong with what an operator supplied: a layer, a policy, the configuration.
struct Fault {
  std::string where;    ///< file, and the feature or key path in it: `countries.shp: feature 3`
  std::string message;  ///< what is wrong and what was expected, one sentence
};

using Faults = std::vector<Fault>;

}  // namespace kordon
