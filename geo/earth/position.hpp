#pragma once

#include <expected>
#include <string>

namespace kordon::geo {

/// A WGS 84 longitude and latitude in degrees that nobody has checked.
struct LonLat {
  double lon_deg = 0;
  double lat_deg = 0;

  friend bool operator==(const LonLat&, const LonLat&) = default;
};

/// Which member of a position is wrong.
enum class PositionField { lon, lat, accuracy_m };

struct PositionFault {
  PositionField field;
  std::string message;  ///< what was found and what was expected
};

/// Largest accuracy radius that says anything about a place on Earth, metres.
inline constexpr double max_accuracy_m = 1e7;

/// A checked position: longitude in [-180, 180], latitude in [-90, 90], finite, and the radius in metres
/// that holds the true place with 95 %, in [0, 1e7]. It can only be made by `checked`.
class Position {
 public:
  static std::expected<Position, PositionFault> checked(LonLat place, double accuracy_m = 0);

  /// Whether `checked` makes one of them.
  static bool is_valid(LonLat place, double accuracy_m);

  [[nodiscard]] LonLat place() const { return place_; }
  [[nodiscard]] double accuracy_m() const { return accuracy_m_; }

 private:
  Position(LonLat place, double accuracy_m) : place_(place), accuracy_m_(accuracy_m) {}

  LonLat place_;
  double accuracy_m_;
};

inline bool Position::is_valid(LonLat place, double accuracy_m) {
  return place.lon_deg >= -180 && place.lon_deg <= 180 && place.lat_deg >= -90 && place.lat_deg <= 90 &&
         accuracy_m >= 0 && accuracy_m <= max_accuracy_m;
}

}  // namespace kordon::geo
