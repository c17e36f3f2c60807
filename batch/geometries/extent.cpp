#include "batch/geometries/extent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "batch/geometries/coordinates.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

using evaluation::Code;
using evaluation::FieldError;

constexpr std::size_t most_line_positions = 100'000;
constexpr std::size_t most_area_positions = 50'000;

const JsonMember* find(const std::vector<JsonMember>& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &JsonMember::name);
  return found == members.end() || found->kind == JsonKind::null ? nullptr : &*found;
}

/// Reads a feature member by member and keeps what is wrong.
class Reader {
 public:
  Reader(const std::vector<JsonMember>& geometry, const std::vector<JsonMember>& properties,
         const ExtentDefaults& defaults)
      : geometry_(geometry), properties_(properties), effort_(defaults.effort) {
    extent_.reading = defaults.reading;
    extent_.accuracy_m = defaults.accuracy_m;
  }

  std::expected<Extent, evaluation::FieldErrors> read() {
    read_reading();
    const auto type = find(geometry_, "type")->string;
    if (type == "LineString" || type == "MultiLineString") {
      read_track(type == "MultiLineString");
    } else {
      read_area(type);
    }
    if (!errors_.empty()) return std::unexpected(std::move(errors_));
    return std::move(extent_);
  }

 private:
  void fail(std::string where, Code code, std::string message) {
    errors_.push_back({std::move(where), code, std::move(message)});
  }

  [[nodiscard]] std::string_view coordinates() {
    const auto* member = find(geometry_, "coordinates");
    if (member != nullptr) return member->text;
    fail("geometry.coordinates", Code::missing,
         "expected coordinates; of a file that GDAL reads, a shape of more than 1.5 MB is left out: simplify it, or "
         "cut it");
    return "[]";
  }

  /// Whether there are no more positions than that.
  bool within(std::size_t positions, std::size_t most) {
    if (positions <= most) return true;
    fail("geometry.coordinates", Code::too_detailed,
         fmt::format("expected at most {} positions, got {}; simplify it, or cut it", most, positions));
    return false;
  }

  template <typename T>
  std::optional<T> taken(Coordinates<T> read) {
    if (read) return std::move(*read);
    fail("geometry.coordinates" + read.error().where, Code::bad_geometry, read.error().message);
    return std::nullopt;
  }

  /// A positive number, or `otherwise` where there is none.
  double positive(std::string_view name, double otherwise) {
    const auto* member = find(properties_, name);
    if (member == nullptr) return otherwise;
    if (member->kind == JsonKind::number && member->number > 0) return member->number;
    fail(std::string(name), Code::out_of_range, "expected a number above 0");
    return otherwise;
  }

  void read_reading() {
    auto& reading = extent_.reading;
    reading.max_gap_s = positive("max_gap_s", reading.max_gap_s);
    reading.max_speed_m_s = positive("max_speed_m_s", reading.max_speed_m_s);
    const auto* edges = find(properties_, "edges");
    if (edges == nullptr) return;
    const auto kind = read_edge_kind(edges->kind == JsonKind::string ? edges->string : std::string_view());
    if (!kind) return fail("edges", Code::out_of_range, "expected `planar` or `geodesic`");
    reading.edges = *kind;
  }

  void read_track(bool many) {
    std::vector<Line> lines;
    if (many) {
      lines = taken(read_lines(coordinates())).value_or(std::vector<Line>());
    } else {
      lines.push_back(taken(read_line(coordinates())).value_or(Line()));
    }
    if (!errors_.empty()) return;
    std::size_t positions = 0;
    for (const auto& line : lines) positions += line.size();
    if (!within(positions, most_line_positions)) return;
    if (lines.empty()) return fail("geometry.coordinates", Code::bad_geometry, "a line has at least two positions");
    tracks::Track track;
    for (const auto& line : lines) {
      auto& piece = track.pieces.emplace_back();
      for (const auto& place : line) piece.push_back({place, extent_.accuracy_m, tracks::no_time});
    }
    const auto* times = find(properties_, "coordTimes");
    if (times == nullptr) times = find(properties_, "times");
    read_values(times, Code::bad_time, track, [](std::string_view text, tracks::Fix& fix) {
      const bool quoted = text.size() > 2 && text.front() == '"' && text.back() == '"';
      const auto at = policy::parse_instant(quoted ? text.substr(1, text.size() - 2) : std::string_view());
      if (at) fix.time_ms = static_cast<double>(at->time_since_epoch().count());
      return at ? "" : "expected an RFC 3339 date-time with its offset";
    });
    read_values(find(properties_, "accuracies_m"), Code::out_of_range, track,
                [](std::string_view text, tracks::Fix& fix) {
                  const auto accuracy_m = text::read_number(text);
                  const bool valid = accuracy_m && geo::Position::is_valid(fix.place, *accuracy_m);
                  if (valid) fix.accuracy_m = *accuracy_m;
                  return valid ? "" : "expected a number of metres from 0 to 10,000,000";
                });
    if (!errors_.empty()) return;
    if (const auto fault = tracks::find_fault(track)) {
      const auto part = many ? fmt::format("[{}]", fault->piece) : std::string();
      return fail(fmt::format("geometry.coordinates{}[{}]", part, fault->fix), Code::bad_geometry, fault->message);
    }
    extent_.warnings = tracks::oddities_of(track, extent_.reading);
    extent_.shape = std::move(track);
  }

  /// A value for each position; of many lines, a list for each.
  template <typename Take>
  void read_values(const JsonMember* member, Code code, tracks::Track& track, Take&& take) {
    if (member == nullptr) return;
    const bool many = find(geometry_, "type")->string == "MultiLineString";
    const std::string name(member->name);
    const auto lists = many ? elements_of(member->text) : std::vector{member->text};
    if (!lists || lists->size() != track.pieces.size())
      return fail(name, Code::wrong_type, "expected a list for each line");
    for (std::size_t piece = 0; piece < lists->size(); ++piece) {
      const auto values = elements_of((*lists)[piece]);
      if (!values || values->size() != track.pieces[piece].size()) {
        return fail(name, Code::wrong_type,
                    fmt::format("expected as many values as positions, {}", track.pieces[piece].size()));
      }
      for (std::size_t i = 0; i < values->size(); ++i) {
        const std::string_view wrong = take((*values)[i], track.pieces[piece][i]);
        const auto part = many ? fmt::format("[{}]", piece) : std::string();
        if (!wrong.empty()) return fail(fmt::format("{}{}[{}]", name, part, i), code, std::string(wrong));
      }
    }
  }

  void read_area(std::string_view type) {
    std::vector<areas::Drawn> polygons;
    if (type == "Point") {
      const auto centre = taken(read_position(coordinates()));
      if (!errors_.empty()) return;
      return take_area(areas::read_disc(*centre, positive("disc_radius_m", 0)), "disc_radius_m");
    }
    if (type == "MultiPolygon") {
      polygons = taken(read_polygons(coordinates())).value_or(std::vector<areas::Drawn>());
    } else {
      polygons.push_back(taken(read_lines(coordinates())).value_or(areas::Drawn()));
    }
    std::size_t positions = 0;
    for (const auto& polygon : polygons) {
      for (const auto& ring : polygon) positions += ring.size();
    }
    if (errors_.empty() && within(positions, most_area_positions))
      take_area(areas::read_area(polygons, extent_.reading.edges, effort_), "geometry.coordinates");
  }

  void take_area(std::expected<areas::ReadArea, std::string> read, std::string where) {
    if (!read) return fail(std::move(where), Code::bad_geometry, read.error());
    extent_.warnings = std::move(read->warnings);
    extent_.shape = std::move(read->rings);
  }

  const std::vector<JsonMember>& geometry_;
  const std::vector<JsonMember>& properties_;
  const tracks::Effort* effort_;
  Extent extent_;
  evaluation::FieldErrors errors_;
};

}  // namespace

bool is_extent(const std::vector<JsonMember>& geometry, const std::vector<JsonMember>& properties) {
  const auto* type = find(geometry, "type");
  if (type == nullptr) return false;
  if (type->string == "Point") return find(properties, "disc_radius_m") != nullptr;
  return type->string == "LineString" || type->string == "MultiLineString" || type->string == "Polygon" ||
         type->string == "MultiPolygon";
}

std::expected<Extent, evaluation::FieldErrors> read_extent(const std::vector<JsonMember>& geometry,
                                                           const std::vector<JsonMember>& properties,
                                                           const ExtentDefaults& defaults) {
  return Reader(geometry, properties, defaults).read();
}

std::optional<tracks::EdgeKind> read_edge_kind(std::string_view text) {
  if (text == "planar") return tracks::EdgeKind::planar;
  return text == "geodesic" ? std::optional(tracks::EdgeKind::geodesic) : std::nullopt;
}

}  // namespace kordon::batch
