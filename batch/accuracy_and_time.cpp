#include "batch/accuracy_and_time.hpp"

#include <algorithm>
#include <utility>

#include "batch/column_notices.hpp"

namespace kordon::batch {
namespace {

void note(const UnusedColumns& unused, const PlaceColumnsRequest& request, PlaceColumns& found) {
  if (auto notice = unused_notice(unused, request.names)) found.notices.push_back(std::move(*notice));
}

/// NASA FIRMS: a date, and hours and minutes in UTC.
bool take_firms(const PlaceColumnsRequest& request, PlaceColumns& found) {
  if (!request.joins_times) return false;
  const auto column = [&](std::string_view name) {
    const auto at = std::ranges::find(request.names, name);
    return at == request.names.end() ? no_column : static_cast<std::size_t>(at - request.names.begin());
  };
  if (column("acq_date") == no_column || column("acq_time") == no_column) return false;
  found.at = column("acq_date");
  found.at_time = column("acq_time");
  found.at_is_utc = true;
  found.notices.emplace_back("times are read from `acq_date` and `acq_time`, UTC");
  return true;
}

}  // namespace

void choose_accuracy(const PlaceColumnsRequest& request, std::span<const NamedColumn> named, PlaceColumns& found) {
  if (found.accuracy_m != no_column) return;
  std::vector<std::size_t> unused;
  for (std::size_t i = 0; i < named.size(); ++i) {
    const auto& column = named[i];
    const bool of_pair = found.lat != no_column && column.prefix == named[found.lat].prefix;
    // ODK and KoBo write `_NAME_latitude`, `_NAME_longitude`, `_NAME_precision`, the last in metres.
    const bool of_odk = column.means == NameMeans::like_accuracy && !column.prefix.empty() && of_pair &&
                        plain_name(request.names[i]).ends_with("precision");
    if ((column.means == NameMeans::accuracy_m || of_odk) && found.accuracy_m == no_column) found.accuracy_m = i;
    if (column.means == NameMeans::like_accuracy && !of_odk) unused.push_back(i);
  }
  if (found.accuracy_m != no_column) return;
  note({"an accuracy", "accuracy_column", meaning_of_accuracy, unused}, request, found);
}

void choose_time(const PlaceColumnsRequest& request, std::span<const NamedColumn> named, PlaceColumns& found) {
  if (found.at != no_column) return;
  std::vector<std::size_t> unused;
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i].means == NameMeans::at && found.at == no_column) found.at = i;
    if (named[i].means == NameMeans::like_time) unused.push_back(i);
  }
  if (found.at != no_column || request.has_at || take_firms(request, found)) return;
  note({"times", "at_column", meaning_of_time, unused}, request, found);
}

PlaceColumns find_accuracy_and_time(const PlaceColumnsRequest& request) {
  std::vector<NamedColumn> named;
  for (const auto& name : request.names) named.push_back(read_column_name(name));
  PlaceColumns found;
  if (request.stated.accuracy_m.empty()) choose_accuracy(request, named, found);
  if (request.stated.at.empty()) choose_time(request, named, found);
  return found;
}

}  // namespace kordon::batch
