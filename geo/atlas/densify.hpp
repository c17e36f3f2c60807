#pragma once

#include <cstdint>
#include <span>

#include "geo/atlas/atlas.hpp"
#include "geo/atlas/transformation.hpp"

namespace kordon::geo {

/// Tolerance of densified edges: how far a chain of edges, straight in degrees, may run from the edge that it replaces.
inline constexpr double edge_tolerance_m = 0.01;

/// A ring in WGS 84 whose edges were straight in another system: `planar` are its vertices there. Vertices are inserted
/// until each edge is within `edge_tolerance_m`. Both directions of an edge get the same vertices, bit for bit.
/// `ring` must not cross the antimeridian.
Line densified_planar(std::span<const LonLat> planar, const Line& ring, const Transformation& transformation);

/// Densifies edges that are geodesics on WGS 84.
Line densified_geodesic(const Line& ring);

/// Densifies edges that are arcs of great circles, latitudes taken as those of a sphere.
Line densified_spherical(const Line& ring);

}  // namespace kordon::geo
