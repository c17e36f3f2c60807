#pragma once

#include <string>
#include <vector>

#include "batch/found_members.hpp"
#include "batch/json_scanner.hpp"
#include "batch/place_columns.hpp"

namespace kordon::batch {

/// What a JSON row does not have by the usual names and names of columns say, as in CSV: a place (`Latitude`, `h3_9`),
/// its accuracy (`_gps_precision`), a time (`At`).
class NamedMembers {
 public:
  explicit NamedMembers(const StatedColumns& stated) : stated_(stated) {}

  /// Adds the place, or an error where two pairs may be meant; nothing where names of a place are stated.
  void choose_place(const std::vector<JsonMember>& members, bool in_crs, FoundMembers& found);

  /// Adds an accuracy and a time where there are none; nothing of what a name is stated for.
  void choose_accuracy_and_time(const std::vector<JsonMember>& members, FoundMembers& found);

 private:
  void read_names(const std::vector<JsonMember>& members);

  StatedColumns stated_;
  std::vector<std::string> names_;  ///< of the row before, whose columns hold for rows with the same
  std::expected<PlaceColumns, evaluation::FieldError> columns_;
  PlaceColumns values_;  ///< accuracy and time, also where no place is named
};

}  // namespace kordon::batch
