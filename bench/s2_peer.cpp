#include "bench/s2_peer.hpp"

#include <s2/mutable_s2shape_index.h>
#include <s2/s2closest_edge_query.h>
#include <s2/s2contains_point_query.h>
#include <s2/s2earth.h>
#include <s2/s2latlng.h>
#include <s2/s2lax_polygon_shape.h>
#include <s2/s2polyline.h>

namespace kordon::bench {
namespace {

S2Point to_s2(geo::LonLat place) { return S2LatLng::FromDegrees(place.lat_deg, place.lon_deg).ToPoint(); }

std::vector<S2Point> to_s2(const geo::Line& line) {
  std::vector<S2Point> points;
  points.reserve(line.size());
  for (const auto& place : line) points.push_back(to_s2(place));
  return points;
}

using ShapeIndex = std::unique_ptr<MutableS2ShapeIndex>;

/// The rings have their interior on the left, as S2 wants it.
ShapeIndex index_of(const geo::Region& region) {
  std::vector<S2LaxPolygonShape::Loop> loops;
  for (const auto& ring : region.rings) {
    loops.push_back(to_s2(ring));
    loops.back().pop_back();
  }
  auto index = std::make_unique<MutableS2ShapeIndex>();
  index->Add(std::make_unique<S2LaxPolygonShape>(loops));
  index->ForceBuild();
  return index;
}

ShapeIndex index_of(const geo::Border& border) {
  auto index = std::make_unique<MutableS2ShapeIndex>();
  for (const auto& line : border.lines) {
    index->Add(std::make_unique<S2Polyline::OwningShape>(std::make_unique<S2Polyline>(to_s2(line))));
  }
  index->ForceBuild();
  return index;
}

}  // namespace

/// Queries hold on to what an index is when they are made.
struct S2Peer::S2 {
  ShapeIndex russia, ukraine, border;
  S2ContainsPointQuery<MutableS2ShapeIndex> in_russia{russia.get()};
  S2ContainsPointQuery<MutableS2ShapeIndex> in_ukraine{ukraine.get()};
  S2ClosestEdgeQuery closest{border.get()};

  explicit S2(const geo::Atlas& atlas)
      : russia(index_of(atlas.regions[atlas.find_region("RU").value()])),
        ukraine(index_of(atlas.regions[atlas.find_region("UA").value()])),
        border(index_of(atlas.borders[atlas.find_border("RU|UA").value() - atlas.regions.size()])) {}
};

S2Peer::S2Peer(const geo::Atlas& atlas) : s2_(std::make_unique<S2>(atlas)) {}
S2Peer::~S2Peer() = default;

S2Peer::Answer S2Peer::ask(geo::LonLat place) {
  const auto point = to_s2(place);
  S2ClosestEdgeQuery::PointTarget target(point);
  return {s2_->in_russia.Contains(point), s2_->in_ukraine.Contains(point),
          S2Earth::ToMeters(s2_->closest.GetDistance(&target))};
}

}  // namespace kordon::bench
