#pragma once

#include <string>
#include <vector>

#include "batch/found_members.hpp"
#include "batch/json_scanner.hpp"
#include "batch/place_columns.hpp"

namespace kordon::batch {

/// The place of a JSON row that has none by the usual names: what names of columns say, as in CSV (`Latitude`, `h3_9`).
class NamedPlace {
 public:
  explicit NamedPlace(const StatedColumns& stated) : stated_(stated) {}

  /// Adds it, or an error where two pairs may be meant; nothing where names of a place are stated.
  void choose(const std::vector<JsonMember>& members, bool in_crs, FoundMembers& found);

 private:
  StatedColumns stated_;
  std::vector<std::string> names_;  ///< of the row before, whose columns hold for rows with the same
  std::expected<PlaceColumns, evaluation::FieldError> columns_;
};

}  // namespace kordon::batch
