#include "batch/flat_answer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "batch/csv_scan.hpp"
#include "evaluation/error_json.hpp"
#include "text/json_writer.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

constexpr char region_separator = ';';
constexpr double no_margin = std::numeric_limits<double>::quiet_NaN();

void append_json_number(std::string& out, std::string_view name, double value, int decimals) {
  out += name;
  std::isfinite(value) ? text::append_fixed(out, value, decimals) : void(out += "null");
}

bool means_a_number(Role role) {
  return role == Role::lon || role == Role::lat || role == Role::x || role == Role::y || role == Role::accuracy_m ||
         role == Role::query;
}

}  // namespace

std::string error_text(const evaluation::FieldErrors& errors) {
  std::string text;
  for (const auto& error : errors) {
    if (!text.empty()) text += "; ";
    ((((text += evaluation::row_of(error.code).name) += ": ") += error.where) += ": ") += error.message;
  }
  std::ranges::replace(text, '\n', ' ');
  return text;
}

CsvAnswer::CsvAnswer(const world::World& world, char delimiter, bool decimal_comma)
    : delimiter_(delimiter), decimal_comma_(decimal_comma) {
  std::string all(1, region_separator);
  for (const auto& region : world.atlas.regions) all += regions_.emplace_back(region.id);
  std::string cell;
  append_csv_cell(cell, all, delimiter);
  plain_ = cell == all;
}

void CsvAnswer::number(std::string& out, double value, int decimals) const {
  out += delimiter_;
  if (!std::isfinite(value)) return;
  const std::size_t begin = out.size();
  text::append_fixed(out, value, decimals);
  if (decimal_comma_) std::replace(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), '.', ',');
}

void CsvAnswer::append(std::string& out, const Scores& scores, std::size_t i) const {
  const bool has_border = std::isfinite(scores.distance_m[i]);
  out += delimiter_;
  if (scores.has_verdicts) out += policy::name_of(scores.verdict[i]);
  number(out, scores.has_verdicts ? scores.margin_m[i] : no_margin, text::metre_decimals);
  number(out, scores.distance_m[i], text::metre_decimals);
  number(out, has_border ? scores.nearest[i].lon_deg : scores.distance_m[i], text::degree_decimals);
  number(out, has_border ? scores.nearest[i].lat_deg : scores.distance_m[i], text::degree_decimals);
  out += delimiter_;
  regions(out, inside_of(scores, i));
  out += delimiter_;
}

void CsvAnswer::regions(std::string& out, std::span<const std::uint32_t> inside) const {
  const auto begin = out.size();
  for (const auto region : inside) {
    if (out.size() > begin) out += region_separator;
    out += regions_[region];
  }
  if (plain_) return;
  const auto list = out.substr(begin);
  out.resize(begin);
  append_csv_cell(out, list, delimiter_);
}

void CsvAnswer::append(std::string& out, const evaluation::FieldErrors& errors) const {
  out.append(answer_names.size(), delimiter_);
  append_csv_cell(out, error_text(errors), delimiter_);
}

JsonAnswer::JsonAnswer(const world::World& world) {
  for (const auto& region : world.atlas.regions) text::JsonWriter(regions_.emplace_back()).text(region.id);
}

void JsonAnswer::append(std::string& out, const Scores& scores, std::size_t i) const {
  const bool has_border = std::isfinite(scores.distance_m[i]);
  const auto nearest = has_border ? scores.nearest[i] : geo::LonLat{scores.distance_m[i], scores.distance_m[i]};
  if (scores.has_verdicts) {
    ((out += "\"verdict\":\"") += policy::name_of(scores.verdict[i])) += '"';
  } else {
    out += "\"verdict\":null";
  }
  append_json_number(out, ",\"margin_m\":", scores.has_verdicts ? scores.margin_m[i] : no_margin, text::metre_decimals);
  append_json_number(out, ",\"distance_m\":", scores.distance_m[i], text::metre_decimals);
  append_json_number(out, ",\"nearest_lon\":", nearest.lon_deg, text::degree_decimals);
  append_json_number(out, ",\"nearest_lat\":", nearest.lat_deg, text::degree_decimals);
  out += ",\"regions\":[";
  const auto inside = inside_of(scores, i);
  for (std::size_t k = 0; k < inside.size(); ++k) {
    if (k > 0) out += ',';
    out += regions_[inside[k]];
  }
  out += ']';
}

void JsonAnswer::append(std::string& out, const evaluation::FieldErrors& errors) {
  text::JsonWriter writer(out);
  evaluation::write_item_error(writer, errors);
}

void append_json_value(std::string& out, const Cell& cell, std::string& buffer) {
  if (cell.is_json) {
    out += cell.text;
    return;
  }
  const auto value = csv_value(cell.text, buffer);
  if (!means_a_number(cell.role)) {
    text::JsonWriter(out).text(value);
  } else if (const auto number = text::read_number(value)) {
    text::append_shortest(out, *number);
  } else if (value.empty()) {
    out += "null";
  } else {
    text::JsonWriter(out).text(value);
  }
}

void append_json_member(std::string& out, const Cell& cell, std::string& buffer) {
  if (cell.is_json) {
    ((out += '"') += cell.name) += "\":";
  } else {
    text::JsonWriter(out).key(cell.name);
  }
  append_json_value(out, cell, buffer);
}

}  // namespace kordon::batch
