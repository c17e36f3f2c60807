#pragma once

#include <span>

#include "batch/column_name.hpp"
#include "batch/place_columns.hpp"

namespace kordon::batch {

/// Takes the column of accuracies, unless one is stated, or says which look like one. Behind the choice of a pair: an
/// accuracy may be named after it.
void choose_accuracy(const PlaceColumnsRequest& request, std::span<const NamedColumn> named, PlaceColumns& found);

/// Takes the column of times, unless one is stated, or says which look like one.
void choose_time(const PlaceColumnsRequest& request, std::span<const NamedColumn> named, PlaceColumns& found);

/// Both, and what is said of others, where the place is found elsewhere: in a geometry, or one level down.
PlaceColumns find_accuracy_and_time(const PlaceColumnsRequest& request);

}  // namespace kordon::batch
