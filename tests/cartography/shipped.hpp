#pragma once

#include "geo/atlas/atlas.hpp"

/// The layers that ship, loaded once.
const kordon::geo::Atlas& shipped_atlas();
