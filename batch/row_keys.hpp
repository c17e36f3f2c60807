#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "world/world.hpp"

namespace kordon::batch {

/// What an answer adds to a row, in this order.
inline constexpr std::array<std::string_view, 7> answer_names{"verdict",     "margin_m", "distance_m", "nearest_lon",
                                                              "nearest_lat", "regions",  "error"};

/// Names under which a row's own values are looked for; of several that a row has, the first in the list holds.
struct ColumnNames {
  std::vector<std::string> lon{"lon", "lng", "longitude", "x"};
  std::vector<std::string> lat{"lat", "latitude", "y"};
  std::vector<std::string> position{"position"};
  std::vector<std::string> accuracy_m{"accuracy_m"};
  std::vector<std::string> at{"at"};
  std::vector<std::string> id{"id"};
};

/// What a column or member of a row is about.
enum class Role : std::uint8_t {
  other,
  lon,
  lat,
  position,
  accuracy_m,
  at,
  terms,       ///< `activity`, `policy`, or a parameter
  parameters,  ///< the object `parameters`
  id,
  answer,  ///< has a name that the answer wants
};

struct RowKey {
  std::string name;  ///< in the row
  std::string key;   ///< in an evaluation request
  Role role = Role::other;
  std::size_t rank = 0;  ///< the lowest of a role holds
};

/// The names that mean something in a row.
class RowKeys {
 public:
  RowKeys(const world::World& world, const ColumnNames& names);

  /// Null: a name of the row's own.
  [[nodiscard]] const RowKey* find(std::string_view name) const;
  [[nodiscard]] const RowKey* find_in_any_case(std::string_view name) const;
  [[nodiscard]] std::size_t index_of(const RowKey& key) const { return static_cast<std::size_t>(&key - keys_.data()); }

 private:
  std::vector<RowKey> keys_;
};

bool same_in_any_case(std::string_view a, std::string_view b);

}  // namespace kordon::batch
