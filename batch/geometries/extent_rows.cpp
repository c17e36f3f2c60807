#include "batch/geometries/extent_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/row_validator.hpp"
#include "evaluation/shared_members.hpp"

namespace kordon::batch {
namespace {

using evaluation::Code;

/// The accuracy that a row states, or that of the batch.
std::expected<double, evaluation::FieldError> accuracy_of(const FoundMembers& found, double otherwise_m) {
  const auto* stated = found.at(Role::accuracy_m);
  if (stated == nullptr || stated->kind == JsonKind::null) return otherwise_m;
  if (stated->kind == JsonKind::number && geo::Position::is_valid({}, stated->number)) return stated->number;
  return std::unexpected(
      evaluation::FieldError{"accuracy_m", Code::out_of_range, "expected a number of metres from 0 to 10,000,000"});
}

/// So many bytes of coordinates are read and checked in the time in which a place is measured.
constexpr std::size_t bytes_of_a_place = 32;

/// Whether it asks for a time that its row leaves out.
bool lacks_time(const FoundMembers& found, const Extent& extent) {
  const auto* at = found.at(Role::at);
  if (at == nullptr || at->kind != JsonKind::null) return false;
  const auto* track = std::get_if<tracks::Track>(&extent.shape);
  return track == nullptr || !track->is_timed();
}

/// Bytes of the last row's cells, whose ends are not kept yet, which each part of a line repeats: all but nested ones.
std::size_t repeated_bytes(const Chunk& chunk) {
  std::size_t bytes = 0;
  for (std::size_t i = chunk.cell_ends.empty() ? 0 : chunk.cell_ends.back(); i < chunk.cells.size(); ++i) {
    const auto& cell = chunk.cells[i];
    if (!cell.text.starts_with('[') && !cell.text.starts_with('{')) bytes += cell.name.size() + cell.text.size();
  }
  return bytes;
}

/// Intervals and crossings of a line, which GeoJSON has one by one; of an area none.
std::size_t parts_of(const ExtentAnswer& answer) {
  std::size_t parts = 0;
  if (const auto* track = std::get_if<tracks::TrackAnswer>(&answer.found)) {
    for (const auto& course : track->courses) parts += course.intervals.size() + course.crossings.size();
  }
  return parts;
}

}  // namespace

bool ExtentRows::take(const JsonMember* geometry, const std::vector<JsonMember>& properties) {
  if (!plan_.options.extents || geometry == nullptr) return false;
  return !scanner_.scan(geometry->text, geometry_) && is_extent(geometry_, properties);
}

ExtentRows::Answered ExtentRows::checked(const std::vector<JsonMember>& properties, FoundMembers& found,
                                         const evaluation::Members& own, Chunk& chunk) {
  if (!found.errors.empty()) return std::unexpected(std::move(found.errors));
  if (plan_.options.to == Format::csv) {
    return std::unexpected(evaluation::FieldErrors{
        {"geometry", Code::bad_geometry, "a line or an area has no row of CSV: ask for GeoJSON, NDJSON or JSON"}});
  }
  const auto accuracy_m = accuracy_of(found, plan_.accuracy_m);
  if (!accuracy_m) return std::unexpected(evaluation::FieldErrors{accuracy_m.error()});
  const auto coordinates = std::ranges::find(geometry_, "coordinates", &JsonMember::name);
  if (coordinates != geometry_.end()) chunk.extent_places += coordinates->text.size() / bytes_of_a_place;
  return answered(properties, found, own, *accuracy_m, chunk);
}

ExtentRows::Answered ExtentRows::answered(const std::vector<JsonMember>& properties, FoundMembers& found,
                                          const evaluation::Members& own, double accuracy_m, Chunk& chunk) {
  const auto& limits = plan_.options.limits;
  tracks::Effort effort(limits.of_one, limits.abandoned.get());
  const auto extent = read_extent(geometry_, properties, {accuracy_m, plan_.options.reading, &effort});
  if (!extent) return std::unexpected(extent.error());
  if (lacks_time(found, *extent) && !plan_.has_at) {
    return std::unexpected(evaluation::FieldErrors{
        {"at", Code::missing,
         "the row has no time where others have one; fill it in, or state `at` for rows without"}});
  }
  return answer_extent(plan_.world, *extent,
                       {evaluation::merged(own, plan_.options.shared), plan_.options.now, limits.most_places, &effort},
                       chunk.extent_places);
}

std::size_t ExtentRows::answer(const std::vector<JsonMember>& properties, FoundMembers& found,
                               const evaluation::Members& own, Chunk& chunk) {
  auto answer = checked(properties, found, own, chunk);
  const bool in_parts = answer && plan_.options.full && has_features(plan_.options.to);
  const std::size_t repeated = in_parts ? parts_of(*answer) * repeated_bytes(chunk) : 0;
  if (repeated > plan_.options.limits.most_repeated) {
    answer = std::unexpected(evaluation::FieldErrors{
        {"properties", Code::too_detailed,
         fmt::format("each of {} intervals and crossings would repeat them, {} bytes in all; leave long ones out",
                     parts_of(*answer), repeated)}});
  }
  if (!answer) {
    RowValidator::add_bad(std::move(answer.error()), chunk);
    return 0;
  }
  chunk.extents.push_back(
      {static_cast<std::uint32_t>(chunk.rows() - 1), std::make_shared<const ExtentAnswer>(std::move(*answer))});
  return repeated;
}

}  // namespace kordon::batch
