#include "geo/earth/position.hpp"

#include <fmt/format.h>

namespace kordon::geo {
namespace {

std::string lat_message(LonLat place) {
  auto message = fmt::format("latitude must be a number from -90 to 90 degrees, got {}", place.lat_deg);
  if (Position::is_valid({place.lat_deg, place.lon_deg}, 0)) message += "; are longitude and latitude swapped?";
  return message;
}

}  // namespace

std::expected<Position, PositionFault> Position::checked(LonLat place, double accuracy_m) {
  if (is_valid(place, accuracy_m)) return Position(place, accuracy_m);
  if (!is_valid({place.lon_deg, 0}, 0)) {
    return std::unexpected(PositionFault{
        PositionField::lon, fmt::format("longitude must be a number from -180 to 180 degrees, got {}", place.lon_deg)});
  }
  if (!is_valid({0, place.lat_deg}, 0)) {
    return std::unexpected(PositionFault{PositionField::lat, lat_message(place)});
  }
  return std::unexpected(PositionFault{
      PositionField::accuracy_m,
      fmt::format("accuracy must be a number of metres from 0 to {:.0f}, got {}", max_accuracy_m, accuracy_m)});
}

}  // namespace kordon::geo
