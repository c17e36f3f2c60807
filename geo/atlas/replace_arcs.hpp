#pragma once

#include <map>
#include <unordered_map>

#include "geo/atlas/match_round.hpp"

namespace kordon::geo {

/// Where vertices go, in every line that has them.
using VertexMoves = std::unordered_map<LonLat, LonLat, HashVertex>;

/// Writes new lines in the place of arcs (by index), and moves vertices. `arcs` are those of `lines`; a closed line may
/// start elsewhere afterwards. Vertices that follow themselves, and spikes of two identical edges, go.
void replace_arcs(std::vector<RegionLine>& lines, const std::vector<Arc>& arcs,
                  const std::map<std::size_t, Line>& fresh, const VertexMoves& moves);

}  // namespace kordon::geo
