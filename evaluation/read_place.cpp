#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "evaluation/angle_text.hpp"
#include "evaluation/evaluate_request.hpp"
#include "evaluation/fields.hpp"
#include "evaluation/position_text.hpp"
#include "text/number_text.hpp"

namespace kordon::evaluation {
namespace {

constexpr std::size_t quoted_bytes = 60;

/// The text of a member that came as one, whole or in JSON.
std::optional<std::string_view> text_of(const Member& member) {
  if (const auto* untyped = std::get_if<Untyped>(&member.value)) return untyped->text;
  if (const auto* text = std::get_if<std::string>(&member.value)) return *text;
  return std::nullopt;
}

std::string_view key_of(geo::PositionField field) {
  switch (field) {
    case geo::PositionField::lon:
      return "lon";
    case geo::PositionField::lat:
      return "lat";
    case geo::PositionField::accuracy_m:
      return "accuracy_m";
  }
  return "";
}

/// The two cannot be meant as they stand, and the other way round they can.
bool certainly_swapped(geo::LonLat place) {
  return std::abs(place.lat_deg) > 90 && std::abs(place.lat_deg) <= 180 && std::abs(place.lon_deg) <= 90;
}

/// A text, or the index of an H3 cell as a number; smaller ones are none.
std::optional<std::string> position_text(Fields& fields) {
  constexpr std::int64_t least_index = std::int64_t{1} << 59;
  const Member* member = fields.find("position");
  const auto* index = member == nullptr ? nullptr : std::get_if<std::int64_t>(&member->value);
  return index == nullptr || *index < least_index ? fields.text("position") : fmt::format("{}", *index);
}

std::optional<PlaceText> read_text(Fields& fields) {
  const auto text = position_text(fields);
  if (!text) return std::nullopt;
  auto read = read_position_text(*text);
  if (read) return *read;
  fields.add_error("position", Code::bad_position, std::move(read.error()));
  return std::nullopt;
}

Angle plain_angle(double degrees) {
  Angle angle;
  angle.degrees = degrees;
  angle.is_plain = true;
  return angle;
}

void add_beyond(std::string_view key, Axis axis, std::string_view got, Fields& fields) {
  const bool lat = axis == Axis::lat;
  fields.add_error(std::string(key), Code::out_of_range,
                   fmt::format("{0} must be a number from -{1} to {1} degrees, got {2}", lat ? "latitude" : "longitude",
                               lat ? 90 : 180, got));
}

/// A number of degrees, or a text of degrees, minutes and seconds.
std::optional<Angle> read_degrees(std::string_view key, Axis axis, Fields& fields) {
  const Member* member = fields.find(key);
  if (member == nullptr) return std::nullopt;
  const auto* const value = std::get_if<double>(&member->value);
  if (value != nullptr && std::isinf(*value)) {
    add_beyond(key, axis, "one beyond 1e308", fields);
    return std::nullopt;
  }
  const auto text = text_of(*member);
  const auto number = text ? text::read_number(*text) : fields.number(*member);
  if (number) return plain_angle(*number);
  if (!text) return std::nullopt;
  const auto angle = read_angle_text(*text, axis);
  if (!angle) {
    fields.add_error(std::string(key), Code::not_a_number,
                     fmt::format("expected degrees, got `{}`: {}", text->substr(0, quoted_bytes), angle.error()));
    return std::nullopt;
  }
  if (std::isfinite(angle->degrees)) return *angle;
  add_beyond(key, axis, text->substr(0, quoted_bytes), fields);
  return std::nullopt;
}

/// A code as text, or as the whole number of EPSG's.
std::optional<std::string> read_crs(Fields& fields) {
  const Member* member = fields.find("crs");
  const auto* code = member == nullptr ? nullptr : std::get_if<std::int64_t>(&member->value);
  return code == nullptr ? fields.text("crs") : fmt::format("{}", *code);
}

std::optional<double> read_coordinate(const std::string& key, Fields& fields) {
  const Member* member = fields.find(key);
  if (member == nullptr) {
    fields.add_error(key, Code::missing, "expected a coordinate in `crs`: `x` and `y`, or `lon` and `lat`");
    return std::nullopt;
  }
  const auto text = text_of(*member);
  const auto number = text ? text::read_number(*text) : fields.number(*member);
  if (number || !text) return number;
  fields.add_error(key, Code::not_a_number, fmt::format("expected a number, got `{}`", text->substr(0, quoted_bytes)));
  return std::nullopt;
}

/// `x` and `y`, whose order the system may leave open, or `lon` and `lat`, easting or longitude first.
std::optional<PlaceText> read_in_crs(geo::CrsPlaces& systems, Fields& fields) {
  const auto crs = read_crs(fields);
  const bool named = fields.find("lon") || fields.find("lat");
  if (fields.find("position")) {
    fields.add_error("crs", Code::conflict, "goes with `x` and `y`, not with a text, `position`");
  } else if (named && (fields.find("x") || fields.find("y"))) {
    fields.add_error("crs", Code::conflict, "expected either `x` and `y` or `lon` and `lat`, got both");
  }
  const std::string x_key = named ? "lon" : "x";
  const auto x = read_coordinate(x_key, fields);
  const auto y = read_coordinate(named ? "lat" : "y", fields);
  if (!fields.good() || !crs || !x || !y) return std::nullopt;
  using Order = geo::MapPair::Order;
  auto read = systems.read(*crs, {*x, *y, named ? Order::east_first : Order::open});
  if (!read) {
    const bool in_crs = read.error().in_crs;
    fields.add_error(in_crs ? "crs" : x_key, in_crs ? Code::unknown_crs : Code::out_of_range,
                     std::move(read.error().message));
    return std::nullopt;
  }
  const double stated_m = fields.number("accuracy_m").value_or(0);
  if (read->accuracy_m < 0 && stated_m <= 0) {
    fields.add_error("crs", Code::missing,
                     fmt::format("no accuracy is known of {}; state `accuracy_m`", read->read_as));
    return std::nullopt;
  }
  return PlaceText{read->place, std::hypot(stated_m, std::max(read->accuracy_m, 0.0)), std::move(read->read_as)};
}

std::string read_as_of(const Angle& lon, const Angle& lat) {
  const bool decimal_comma = lon.has_decimal_comma || lat.has_decimal_comma;
  if (lon.is_plain && lat.is_plain && !decimal_comma) return {};
  return fmt::format("{}{}", name_of(std::max(lon.form, lat.form)), decimal_comma ? ", decimal comma" : "");
}

std::optional<PlaceText> read_numbers(Fields& fields) {
  for (const std::string_view key : {"lon", "lat"}) {
    if (!fields.find(key)) {
      fields.add_error(std::string(key), Code::missing, "expected degrees, `lon` and `lat`, or a text, `position`");
    }
  }
  const auto lon = read_degrees("lon", Axis::lon, fields);
  const auto lat = read_degrees("lat", Axis::lat, fields);
  if (!lon || !lat) return std::nullopt;
  return PlaceText{{lon->degrees, lat->degrees}, 0, read_as_of(*lon, *lat)};
}

std::optional<PlaceText> read_any(geo::CrsPlaces& systems, Fields& fields) {
  if (fields.find("crs") != nullptr) return read_in_crs(systems, fields);
  for (const std::string_view key : {"x", "y"}) {
    if (fields.find(key) == nullptr) continue;
    fields.add_error("crs", Code::missing, "expected the reference system of `x` and `y`, such as EPSG:28407");
    return std::nullopt;
  }
  return fields.find("position") != nullptr ? read_text(fields) : read_numbers(fields);
}

/// Position::checked names one fault, which is an error here; each member is checked alone so that all are named.
void check_range(geo::LonLat place, double accuracy_m, bool from_text, Fields& fields) {
  const std::string_view where = from_text ? "position" : "lat";
  if (certainly_swapped(place)) {
    fields.add_error(std::string(where), Code::coordinates_swapped,
                     fmt::format("latitude {} is beyond 90 degrees and longitude {} would be a latitude: expected {}",
                                 place.lat_deg, place.lon_deg,
                                 from_text ? "latitude first, or letters N and E" : "lon and lat the other way round"));
    place = {};
  }
  for (const auto& checked : {geo::Position::checked({place.lon_deg, 0}), geo::Position::checked({0, place.lat_deg}),
                              geo::Position::checked({}, accuracy_m)}) {
    if (checked) continue;
    const auto& [field, message] = checked.error();
    const bool in_text = from_text && field != geo::PositionField::accuracy_m;
    fields.add_error(std::string(in_text ? "position" : key_of(field)), Code::out_of_range, message);
  }
}

}  // namespace

FieldErrors accuracy_errors(const Members& members) {
  Fields fields(members);
  check_range({}, fields.number("accuracy_m").value_or(0), false, fields);
  return fields.take_errors();
}

std::expected<Place, FieldErrors> read_place(const Members& members, geo::CrsPlaces& systems) {
  Fields fields(members);
  const bool from_text = fields.find("position") != nullptr;
  if (from_text && (fields.find("lon") || fields.find("lat"))) {
    fields.add_error("position", Code::conflict, "expected either `position` or `lon` and `lat`, got both");
  }
  const auto read = read_any(systems, fields);
  const double accuracy_m = fields.number("accuracy_m").value_or(0);
  check_range(read ? read->place : geo::LonLat{}, accuracy_m, from_text, fields);
  if (!fields.good()) return std::unexpected(fields.take_errors());
  auto position = geo::Position::checked(read->place, std::max(accuracy_m, read->accuracy_m));
  return Place{*position, read->read_as};
}

}  // namespace kordon::evaluation
