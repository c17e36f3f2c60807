#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/place_columns.hpp"
#include "world/world.hpp"

namespace kordon::batch {

/// Names of the members that an answer adds to a row, in this order.
inline constexpr std::array<std::string_view, 7> answer_names{"verdict",     "margin_m", "distance_m", "nearest_lon",
                                                              "nearest_lat", "regions",  "error"};

/// Names that a caller states for a row's own values; an empty one is found by the names that are usual.
struct ColumnNames : StatedColumns {
  std::string id;
};

/// Role of a column or member of a row.
enum class Role : std::uint8_t {
  other,
  lon,
  lat,
  x,  ///< in a reference system
  y,
  crs,
  position,
  accuracy_m,
  at,
  query,       ///< `activity`, `policy`, or a parameter
  parameters,  ///< the object `parameters`
  id,
  answer,  ///< has a name that the answer wants
};

struct RowKey {
  std::string name;  ///< in the row
  std::string key;   ///< in an evaluation request
  Role role = Role::other;
  std::size_t rank = 0;  ///< the lowest of a role holds

  /// `x` and `y`, which make no pair with a latitude or longitude.
  [[nodiscard]] bool is_planar() const { return rank == planar_rank; }
  static constexpr std::size_t planar_rank = 9;
};

/// The names that mean something in a row.
class RowKeys {
 public:
  RowKeys(const world::World& world, const ColumnNames& names);

  /// Null: a name of the row's own.
  [[nodiscard]] const RowKey* find(std::string_view name) const;
  [[nodiscard]] const RowKey* find_in_any_case(std::string_view name) const;
  /// The one that stands first.
  [[nodiscard]] const RowKey* of(Role role) const;
  [[nodiscard]] std::size_t index_of(const RowKey& key) const { return static_cast<std::size_t>(&key - keys_.data()); }

 private:
  std::vector<RowKey> keys_;
};

}  // namespace kordon::batch
