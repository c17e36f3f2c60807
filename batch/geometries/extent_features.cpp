#include "batch/geometries/extent_features.hpp"

#include <cmath>

#include "batch/geometries/extent_json.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

using text::JsonWriter;
using Places = std::vector<geo::LonLat>;

/// By which a place may be beside a position to be it, metres along the line.
constexpr double same_m = 1e-4;

/// The positions of a line with their lengths, as `tracks::Station::at_m` counts them.
class Vertices {
 public:
  Vertices(const tracks::Track& track, tracks::EdgeKind edges) {
    double base_m = 0;
    for (const auto& piece : track.pieces) {
      Places places;
      for (const auto& fix : piece) places.push_back(fix.place);
      const tracks::Path path(places, edges);
      for (std::size_t i = 0; i < places.size(); ++i) at_.push_back({places[i], base_m + path.along_of(i)});
      base_m += path.length_m();
    }
  }

  /// From one place of the line to another.
  [[nodiscard]] Places between(const tracks::Station& from, const tracks::Station& to) const {
    Places places{from.place};
    for (const auto& [place, at_m] : at_) {
      if (at_m > from.at_m + same_m && at_m < to.at_m - same_m) places.push_back(place);
    }
    if (to.place != from.place || places.size() > 1) places.push_back(to.place);
    return places;
  }

 private:
  struct Vertex {
    geo::LonLat place;
    double at_m;
  };
  std::vector<Vertex> at_;
};

void write_position(JsonWriter& out, geo::LonLat place) {
  out.begin_array().fixed(place.lon_deg, text::degree_decimals).fixed(place.lat_deg, text::degree_decimals).end_array();
}

/// Parts of a line that do not cross the antimeridian: RFC 7946 cuts there.
std::vector<Places> cut(const Places& places) {
  std::vector<Places> parts{{places.front()}};
  for (std::size_t i = 1; i < places.size(); ++i) {
    const auto from = places[i - 1];
    const auto to = places[i];
    if (std::abs(to.lon_deg - from.lon_deg) > 180) {
      const double side_deg = std::copysign(180.0, from.lon_deg);
      const double way_deg = tracks::shorter_way_deg(from.lon_deg, to.lon_deg);
      const double t = way_deg == 0 ? 0 : (side_deg - from.lon_deg) / way_deg;
      const double lat_deg = from.lat_deg + t * (to.lat_deg - from.lat_deg);
      parts.back().push_back({side_deg, lat_deg});
      parts.push_back({{-side_deg, lat_deg}});
    }
    parts.back().push_back(to);
  }
  return parts;
}

void write_line(JsonWriter& out, const Places& places) {
  out.key("geometry").begin_object();
  if (places.size() == 1) {
    out.key("type").text("Point").key("coordinates");
    write_position(out, places.front());
    out.end_object();
    return;
  }
  const auto parts = cut(places);
  const bool many = parts.size() > 1;
  out.key("type").text(many ? "MultiLineString" : "LineString").key("coordinates");
  if (many) out.begin_array();
  for (const auto& part : parts) {
    out.begin_array();
    for (const auto& place : part) write_position(out, place);
    out.end_array();
  }
  if (many) out.end_array();
  out.end_object();
}

}  // namespace

void append_line_features(std::string& out, const ExtentAnswer& answer, std::string_view of,
                          const std::function<void()>& next) {
  const auto& track = std::get<tracks::TrackAnswer>(answer.found);
  const auto& programs = answer.queries.front().programs;
  const Vertices vertices(answer.line, answer.edges);
  /// `write` writes the properties behind `of` and `kind`.
  const auto append = [&](std::string_view kind, const Places& places, const auto& write) {
    next();
    JsonWriter writer(out);
    writer.begin_object().key("type").text("Feature");
    write_line(writer, places);
    writer.key("properties").begin_object().key("of").written(of).key("kind").text(kind);
    write(writer);
    writer.end_object().end_object();
  };
  for (std::size_t i = 0; i < programs.size(); ++i) {
    for (const auto& interval : track.courses[i].intervals) {
      append("interval", vertices.between(interval.from, interval.to),
             [&](JsonWriter& writer) { write_interval_members(writer, interval, programs[i], track.timed); });
    }
    for (const auto& crossing : track.courses[i].crossings) {
      append("crossing", {crossing.at.place}, [&](JsonWriter& writer) { write_crossing_members(writer, crossing); });
    }
  }
}

}  // namespace kordon::batch
