#pragma once

#include <memory>

#include "batch/batch_plan.hpp"
#include "cli/source.hpp"

namespace kordon::cli {

/// Fixes as lines: the rows of one id, in order of time, are one line, as a GeoJSON feature. Holds all of them until
/// the last row is read. A row that is no fix is told on standard error and left out; ids with rows in another order
/// are counted there.
std::unique_ptr<Source> make_fix_lines(const world::World& world, const batch::BatchOptions& batch,
                                       std::unique_ptr<Source> rows);

}  // namespace kordon::cli
