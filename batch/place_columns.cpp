#include "batch/place_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "batch/accuracy_and_time.hpp"
#include "batch/column_notices.hpp"

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

/// Columns by what their names say, before one pair is chosen.
class Finder {
 public:
  explicit Finder(PlaceColumnsRequest request) : request_(request) {}

  std::expected<PlaceColumns, evaluation::FieldError> run() {
    name_columns();
    if (auto done = take_stated(); !done) return Failed(done.error());
    if (!has_place()) {
      if (auto done = choose_pair(); !done) return Failed(done.error());
    }
    choose_accuracy(request_, named_, found_);
    choose_time(request_, named_, found_);
    return std::move(found_);
  }

 private:
  using Done = std::expected<void, evaluation::FieldError>;

  /// Degrees that have minutes in a column of their own are no latitude or longitude.
  void name_columns() {
    for (const auto& name : request_.names) named_.push_back(read_column_name(name));
    const bool in_parts = std::ranges::find(named_, NameMeans::angle_part, &NamedColumn::means) != named_.end();
    for (auto& column : named_) {
      if (in_parts && column.prefix.contains(" deg")) column.means = NameMeans::angle_part;
    }
  }

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
    return {};
  }

  /// Columns of degrees that the chosen pair leaves.
  [[nodiscard]] std::vector<std::size_t> other_pairs() const {
    std::vector<std::size_t> rest;
    for (const auto means : {NameMeans::lon, NameMeans::lat}) {
      for (std::size_t i = 0; i < named_.size(); ++i) {
        if (named_[i].means == means && i != found_.lon && i != found_.lat) rest.push_back(i);
      }
    }
    return rest;
  }

  Done choose_pair() {
    if (request_.has_crs) {
      if (auto done = take_pair(NameMeans::x, NameMeans::y, {}); !done || has_place()) return done;
      if (auto done = take_pair(NameMeans::easting, NameMeans::northing, {}); !done || has_place()) return done;
    }
    for (const auto* wgs84 : {" wgs84", " 4326", " epsg4326"}) {
      if (has_place()) break;
      if (auto done = take_pair(NameMeans::lon, NameMeans::lat, wgs84); !done) return done;
    }
    if (!has_place()) {
      if (auto done = choose_spelling(); !done) return done;
    }
    if (has_place()) note_unused(other_pairs());
    if (!has_place()) {
      if (auto done = choose_prefixed(); !done) return done;
    }
    if (!has_place() && all(NameMeans::lon).empty() && all(NameMeans::lat).empty()) {
      if (auto done = take_pair(NameMeans::x, NameMeans::y, {}); !done) return done;
    }
    if (auto done = choose_position(); !done) return done;
    if (has_place()) return {};
    if (only(NameMeans::easting).value_or(no_column) != no_column) {
      return missing("the easting and northing are in a reference system; state it (crs), such as EPSG:28407");
    }
    return half_pair();
  }

  /// The column `position`, else the first of texts, else the finest of H3 cells.
  [[nodiscard]] std::size_t best_position(const std::vector<std::size_t>& texts) const {
    const auto rank = [&](std::size_t column) {
      if (is_same_name(request_.names[column], "position")) return -1;
      const int resolution = named_[column].resolution;
      return resolution < 0 ? 0 : 100 - resolution;
    };
    const auto best = std::ranges::min_element(texts, {}, rank);
    return best == texts.end() ? no_column : *best;
  }

  Done choose_position() {
    if (const auto twice = only(NameMeans::position); !twice) return Failed(twice.error());
    auto texts = all(NameMeans::position);
    const auto best = best_position(texts);
    const bool plain = best != no_column && is_same_name(request_.names[best], "position");
    // `utm` beside an easting is a zone.
    const bool is_zone = best != no_column && plain_name(request_.names[best]) == "utm" &&
                         only(NameMeans::easting).value_or(no_column) != no_column;
    if (plain || (!has_place() && !is_zone)) found_.position = best;
    if (!has_place()) return {};
    std::erase(texts, found_.position);
    for (const auto column : all(NameMeans::like_position)) {
      // Cells and hexagons are numbered by much else than places.
      if (!plain_name(request_.names[column]).starts_with("cell")) texts.push_back(column);
    }
    std::ranges::sort(texts);
    note_unused(texts);
    return {};
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
    std::vector<std::string> pairs;
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      if (named_[i].means != NameMeans::lon || named_[i].prefix.empty()) continue;
      const auto lat = only(NameMeans::lat, named_[i].prefix);
      if (!lat || *lat == no_column || std::ranges::find(pairs, named_[i].prefix) != pairs.end()) continue;
      pairs.push_back(named_[i].prefix);
      columns.push_back(i);
      columns.push_back(*lat);
    }
    if (pairs.empty()) return {};
    if (pairs.size() == 1) return take_pair(NameMeans::lon, NameMeans::lat, pairs[0]);
    return missing(fmt::format(
        "there are {} pairs of longitude and latitude: {}; state the columns that are meant (lon_column, lat_column)",
        pairs.size(), quoted_names(columns, request_.names)));
  }

  Done half_pair() const {
    std::vector<std::size_t> halves;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      const auto means = named_[i].means;
      if (means >= NameMeans::lon && means <= NameMeans::y) halves.push_back(i);
    }
    const auto likely = all(NameMeans::like_position);
    if (halves.empty() && !likely.empty()) {
      return missing(
          *unused_notice({"a position", "position_column", "a notation that is read", likely}, request_.names));
    }
    if (halves.empty()) return missing("");
    return missing(fmt::format("{} {} no pair of longitude and latitude; state the columns (lon_column, lat_column)",
                               quoted_names(halves, request_.names), halves.size() == 1 ? "makes" : "make"));
  }

  /// Where the place is read from, and from which columns that look meant it is not.
  void note_unused(const std::vector<std::size_t>& columns) {
    if (columns.empty()) return;
    const bool is_text = found_.position != no_column;
    found_.notices.push_back(other_places_notice(
        is_text ? std::vector{found_.position} : std::vector{found_.lon, found_.lat}, columns, request_.names));
  }

  PlaceColumnsRequest request_;
  std::vector<NamedColumn> named_;
  PlaceColumns found_;
};

}  // namespace

std::expected<PlaceColumns, evaluation::FieldError> find_place_columns(const PlaceColumnsRequest& request) {
  return Finder(request).run();
}

}  // namespace kordon::batch
