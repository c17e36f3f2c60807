#pragma once

#include <array>
#include <optional>
#include <vector>

#include "batch/json_scanner.hpp"
#include "batch/row_keys.hpp"

namespace kordon::batch {

/// Longitude and latitude one level down in a JSON row: `"location":{"lat":50.6,"lon":36.6}`, or a GeoJSON Point in
/// `geometry`, as document stores and browsers write them. It owns what it finds.
class NestedPlace {
 public:
  struct Pair {
    const JsonMember* lon;  ///< valid until the next call
    const JsonMember* lat;
  };

  /// Of the members `location`, `geometry`, `geo`, `point`, `coords` and `position` that are objects. Nothing: none of
  /// them has both, or several have. An array of two numbers is none: both orders are in use.
  std::optional<Pair> find(const std::vector<JsonMember>& members, const RowKeys& keys);

 private:
  std::optional<std::array<JsonMember, 2>> pair_in(const JsonMember& member, const RowKeys& keys);

  JsonScanner scanner_;
  std::vector<JsonMember> inner_;
  std::array<JsonMember, 2> found_;
};

}  // namespace kordon::batch
