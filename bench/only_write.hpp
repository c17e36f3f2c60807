#pragma once

#include "scoring/evaluate.hpp"

namespace kordon::bench {

/// Reads the positions and writes every byte that `scoring::evaluate` answers with, and finds nothing out: the limit.
/// `out` has its rows already.
void only_write(const scoring::Positions& positions, scoring::Evaluations& out);

}  // namespace kordon::bench
