#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "batch/json_scanner.hpp"
#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

/// Longitude and latitude one level down in a JSON row: `"location":{"lat":50.6,"lon":36.6}`, or a GeoJSON Point in
/// `geometry`, as document stores and browsers write them; or the row is a Point itself. It owns what it finds.
class NestedPlace {
 public:
  /// Valid until the next call.
  struct Place {
    JsonMember lon;
    JsonMember lat;
    /// Beside them: by a name that is certain, or as the W3C's Geolocation API has it, `coords` with an `accuracy`,
    /// whose metres hold the true place with 95 %.
    std::optional<JsonMember> accuracy_m;
  };

  /// Of the members `location`, `geometry`, `geo`, `point`, `coords` and `position` that are objects. Null: none of
  /// them has both, or several have. An array of two numbers is none: both orders are in use.
  const Place* find(std::string_view row, const std::vector<JsonMember>& members, const RowKeys& keys);

 private:
  std::optional<Place> place_in(std::string_view name, std::string_view object, const RowKeys& keys);

  JsonScanner scanner_;
  std::vector<JsonMember> inner_;
  std::optional<Place> found_;
};

/// Whether it is an object by a name under which places stand.
bool may_hold_place(const JsonMember& member);

/// Whether this member of such an object is read as the place's accuracy.
bool is_accuracy_of_place(std::string_view object, std::string_view name);

/// Of the members that are named after a place, the first that is an array of numbers: what to write instead.
std::optional<evaluation::FieldError> array_as_place(const std::vector<JsonMember>& members);

}  // namespace kordon::batch
