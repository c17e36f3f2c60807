#include "batch/place_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kordon::batch {
namespace {

using Failed = std::unexpected<evaluation::FieldError>;

Failed missing(std::string message) { return Failed({"header", evaluation::Code::missing, std::move(message)}); }
Failed duplicate(std::string_view name) {
  return Failed({"header", evaluation::Code::duplicate, fmt::format("two columns are named `{}`", name)});
}

constexpr auto spellings = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"lon", "lat"},
    {"lng", "lat"},
    {"long", "lat"},
    {"longitude", "latitude"},
    {"decimallongitude", "decimallatitude"},
    {"довгота", "широта"},
    {"долгота", "широта"},
});

std::string quoted(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", name);
  return text;
}

/// Columns by what their names say, before one pair is chosen.
class Finder {
 public:
  explicit Finder(PlaceColumnsRequest request) : request_(request) {}

  std::expected<PlaceColumns, evaluation::FieldError> run() {
    for (const auto& name : request_.names) named_.push_back(read_column_name(name));
    if (auto done = take_stated(); !done) return Failed(done.error());
    if (!has_place()) {
      if (auto done = choose_pair(); !done) return Failed(done.error());
    }
    choose_accuracy();
    choose_time();
    return std::move(found_);
  }

  /// Of rows whose members are found one by one.
  std::vector<std::string> notices() {
    for (const auto& name : request_.names) named_.push_back(read_column_name(name));
    std::vector<std::size_t> accuracies;
    std::vector<std::size_t> times;
    bool has_accuracy = !request_.stated.accuracy_m.empty();
    bool has_at = request_.has_at || !request_.stated.at.empty();
    for (std::size_t i = 0; i < named_.size(); ++i) {
      has_accuracy = has_accuracy || named_[i].means == NameMeans::accuracy_m;
      has_at = has_at || named_[i].means == NameMeans::at;
      if (named_[i].means == NameMeans::like_accuracy) accuracies.push_back(i);
      if (named_[i].means == NameMeans::like_time) times.push_back(i);
    }
    if (!has_accuracy) note_accuracy(accuracies);
    if (!has_at) note_time(times);
    return std::move(found_.notices);
  }

 private:
  using Done = std::expected<void, evaluation::FieldError>;

  [[nodiscard]] bool has_place() const {
    return found_.position != no_column || (found_.lon != no_column && found_.lat != no_column);
  }

  Done take_stated() {
    const auto& stated = request_.stated;
    const std::pair<const std::string*, std::size_t*> wanted[] = {{&stated.lon, &found_.lon},
                                                                  {&stated.lat, &found_.lat},
                                                                  {&stated.position, &found_.position},
                                                                  {&stated.accuracy_m, &found_.accuracy_m},
                                                                  {&stated.at, &found_.at},
                                                                  {&stated.at_time, &found_.at_time}};
    for (const auto& [name, column] : wanted) {
      if (name->empty()) continue;
      for (std::size_t i = 0; i < request_.names.size(); ++i) {
        if (!is_same_name(request_.names[i], *name)) continue;
        if (*column != no_column) return duplicate(*name);
        *column = i;
      }
      if (*column == no_column) return missing(fmt::format("there is no column `{}`", *name));
    }
    return {};
  }

  /// The first column that means this, with this prefix; two of one name are an error.
  std::expected<std::size_t, evaluation::FieldError> only(NameMeans means, std::string_view prefix = {}) const {
    std::size_t found = no_column;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      if (named_[i].means != means || named_[i].prefix != prefix) continue;
      if (found != no_column && is_same_name(request_.names[i], request_.names[found])) {
        return duplicate(request_.names[i]);
      }
      if (found == no_column) found = i;
    }
    return found;
  }

  [[nodiscard]] std::vector<std::size_t> all(NameMeans means) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      if (named_[i].means == means && named_[i].prefix.empty()) found.push_back(i);
    }
    return found;
  }

  /// Of several columns of degrees the two that are spelled alike; the others are named.
  Done choose_spelling() {
    const auto lons = all(NameMeans::lon);
    const auto lats = all(NameMeans::lat);
    const bool stated = found_.lon != no_column || found_.lat != no_column;
    if (stated || (lons.size() < 2 && lats.size() < 2)) return take_pair(NameMeans::lon, NameMeans::lat, {});
    for (const auto& [lon_name, lat_name] : spellings) {
      const auto spelled = [&](std::string_view name) {
        return [&, name](std::size_t i) { return plain_name(request_.names[i]) == name; };
      };
      const auto lon = std::ranges::find_if(lons, spelled(lon_name));
      const auto lat = std::ranges::find_if(lats, spelled(lat_name));
      if (lon == lons.end() || lat == lats.end() || has_place()) continue;
      if (const auto twice = only(NameMeans::lon); !twice) return Failed(twice.error());
      if (const auto twice = only(NameMeans::lat); !twice) return Failed(twice.error());
      found_.lon = *lon;
      found_.lat = *lat;
    }
    if (!has_place()) return {};
    std::vector<std::size_t> rest;
    for (const auto column : lons)
      if (column != found_.lon) rest.push_back(column);
    for (const auto column : lats)
      if (column != found_.lat) rest.push_back(column);
    note_unused(rest);
    return {};
  }

  Done choose_pair() {
    if (request_.has_crs) {
      if (auto done = take_pair(NameMeans::x, NameMeans::y, {}); !done || has_place()) return done;
      if (auto done = take_pair(NameMeans::easting, NameMeans::northing, {}); !done || has_place()) return done;
    }
    if (auto done = choose_spelling(); !done) return done;
    if (!has_place()) {
      if (auto done = choose_prefixed(); !done) return done;
    }
    const auto position = only(NameMeans::position);
    if (!position) return Failed(position.error());
    if (!has_place() && all(NameMeans::lon).empty() && all(NameMeans::lat).empty()) {
      if (auto done = take_pair(NameMeans::x, NameMeans::y, {}); !done) return done;
    }
    const bool plain = *position != no_column && is_same_name(request_.names[*position], "position");
    if (plain || !has_place()) found_.position = *position;
    if (!plain && has_place() && *position != no_column && found_.position == no_column) note_unused({*position});
    if (has_place()) return {};
    if (only(NameMeans::easting).value_or(no_column) != no_column) {
      return missing("the easting and northing are in a reference system; state it (crs), such as EPSG:28407");
    }
    return half_pair();
  }

  /// A stated half keeps its column.
  Done take_pair(NameMeans lon_means, NameMeans lat_means, const std::string& prefix) {
    const auto lon = found_.lon != no_column ? found_.lon : only(lon_means, prefix);
    const auto lat = found_.lat != no_column ? found_.lat : only(lat_means, prefix);
    if (!lon) return Failed(lon.error());
    if (!lat) return Failed(lat.error());
    if (*lon == no_column || *lat == no_column) return {};
    found_.lon = *lon;
    found_.lat = *lat;
    return {};
  }

  Done choose_prefixed() {
    std::vector<std::string> complete;
    for (const auto& column : named_) {
      if (column.means != NameMeans::lon || column.prefix.empty()) continue;
      const auto lat = only(NameMeans::lat, column.prefix);
      if (lat && *lat != no_column && std::ranges::find(complete, column.prefix) == complete.end()) {
        complete.push_back(column.prefix);
      }
    }
    if (complete.empty()) return {};
    if (complete.size() == 1) return take_pair(NameMeans::lon, NameMeans::lat, complete[0]);
    return missing(
        fmt::format("there are {} pairs of longitude and latitude, beginning with {}; state the columns that are meant "
                    "(lon_column, lat_column)",
                    complete.size(), quoted(complete)));
  }

  Done half_pair() const {
    std::vector<std::string> halves;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const auto means = named_[i].means;
      if (means >= NameMeans::lon && means <= NameMeans::y) halves.push_back(request_.names[i]);
    }
    if (halves.empty()) return missing("");
    return missing(fmt::format("{} {} no pair of longitude and latitude; state the columns (lon_column, lat_column)",
                               quoted(halves), halves.size() == 1 ? "makes" : "make"));
  }

  void choose_accuracy() {
    if (found_.accuracy_m != no_column) return;
    std::vector<std::size_t> unused;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const auto& [means, prefix] = named_[i];
      const bool of_pair = found_.lat != no_column && prefix == named_[found_.lat].prefix;
      // ODK and KoBo write `_NAME_latitude`, `_NAME_longitude`, `_NAME_precision`, the last in metres.
      const bool of_odk = means == NameMeans::like_accuracy && !prefix.empty() && of_pair &&
                          plain_name(request_.names[i]).ends_with("precision");
      if ((means == NameMeans::accuracy_m || of_odk) && found_.accuracy_m == no_column) found_.accuracy_m = i;
      if (means == NameMeans::like_accuracy && !of_odk) unused.push_back(i);
    }
    if (found_.accuracy_m == no_column) note_accuracy(unused);
  }

  void choose_time() {
    if (found_.at != no_column) return;
    std::vector<std::size_t> unused;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      if (named_[i].means == NameMeans::at && found_.at == no_column) found_.at = i;
      if (named_[i].means == NameMeans::like_time) unused.push_back(i);
    }
    if (found_.at != no_column || request_.has_at) return;
    if (take_firms()) return;
    note_time(unused);
  }

  /// NASA FIRMS: a date, and hours and minutes in UTC.
  bool take_firms() {
    const auto column = [&](std::string_view name) {
      const auto at = std::ranges::find(request_.names, name);
      return at == request_.names.end() ? no_column : static_cast<std::size_t>(at - request_.names.begin());
    };
    if (column("acq_date") == no_column || column("acq_time") == no_column) return false;
    found_.at = column("acq_date");
    found_.at_time = column("acq_time");
    found_.at_is_utc = true;
    found_.notices.emplace_back("times are read from `acq_date` and `acq_time`, UTC");
    return true;
  }

  void note_accuracy(const std::vector<std::size_t>& unused) {
    note("an accuracy", "accuracy_column", "metres that hold the true place with 95 %", unused);
  }
  void note_time(const std::vector<std::size_t>& unused) {
    note("times", "at_column", "the time that each row is asked for", unused);
  }

  void note(std::string_view what, std::string_view option, std::string_view meaning,
            const std::vector<std::size_t>& unused) {
    if (unused.empty()) return;
    std::vector<std::string> names;
    for (const auto column : unused) names.push_back(request_.names[column]);
    const bool several = names.size() > 1;
    found_.notices.push_back(
        fmt::format("the column{} {} look{} like {} and {} not used; if {}, state it ({})", several ? "s" : "",
                    quoted(names), several ? "" : "s", what, several ? "are" : "is",
                    several ? fmt::format("one is {}", meaning) : fmt::format("it is {}", meaning), option));
  }

  void note_unused(const std::vector<std::size_t>& columns) {
    std::vector<std::string> names;
    for (const auto column : columns) names.push_back(request_.names[column]);
    found_.notices.push_back(fmt::format("positions are read from `{}` and `{}`, not from {}",
                                         request_.names[found_.lon], request_.names[found_.lat], quoted(names)));
  }

  PlaceColumnsRequest request_;
  std::vector<NamedColumn> named_;
  PlaceColumns found_;
};

}  // namespace

std::vector<std::string> unused_members(std::span<const std::string> names, const StatedColumns& stated, bool has_at) {
  return Finder({names, stated, false, has_at}).notices();
}

std::expected<PlaceColumns, evaluation::FieldError> find_place_columns(const PlaceColumnsRequest& request) {
  return Finder(request).run();
}

}  // namespace kordon::batch
