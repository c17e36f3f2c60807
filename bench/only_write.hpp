#pragma once

#include "batch/measure.hpp"

namespace kordon::bench {

/// Reads the positions and writes every byte that `batch::evaluate` answers with, and finds nothing out: the limit.
/// `out` has its rows already.
void only_write(const batch::Positions& positions, batch::Evaluations& out);

}  // namespace kordon::bench
