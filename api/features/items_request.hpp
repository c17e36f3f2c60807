#pragma once

#include <expected>
#include <optional>
#include <span>
#include <vector>

#include "cartography/box.hpp"
#include "evaluation/datetime.hpp"
#include "evaluation/error.hpp"
#include "evaluation/fields.hpp"
#include "evaluation/member.hpp"

namespace kordon::api::features {

/// Which features of a collection are asked for, and how. A box across the antimeridian is two.
struct ItemsRequest {
  std::vector<cartography::Box> boxes;  ///< none: everywhere
  std::vector<cartography::Box> clip;   ///< `clip-box`: polygons are cut there; none: they are whole
  std::optional<evaluation::Period> period;
  std::size_t limit = 100;
  std::size_t offset = 0;
  double max_offset_deg = 0;  ///< `max-allowable-offset`
};

inline constexpr std::size_t most_items = 1000;
inline constexpr double largest_offset_deg = 10;

/// Reads `bbox`, `clip-box`, `datetime`, `limit`, `offset` and `max-allowable-offset`; errors go to `fields`. As OGC
/// asks, a limit above `most_items` counts as that many.
ItemsRequest read_items_request(evaluation::Fields& fields);

/// `max-allowable-offset` alone: what a single feature is asked with.
double read_max_offset_deg(evaluation::Fields& fields);

/// An error for every key that is not among these.
void refuse_unknown(const evaluation::Members& query, std::span<const std::string_view> known,
                    evaluation::Fields& fields);

}  // namespace kordon::api::features
