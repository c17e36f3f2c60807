#include "batch/geometries/extent_rows.hpp"

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

evaluation::FieldError all_used() {
  return {"geometry", Code::too_detailed,
          "the lines and areas before it in this body have taken the processor time that all may take; send fewer at "
          "once, or as a stream (application/geo+json-seq)"};
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
  if (used_ >= plan_.options.limits.of_all) return std::unexpected(evaluation::FieldErrors{all_used()});
  const auto accuracy_m = accuracy_of(found, plan_.accuracy_m);
  if (!accuracy_m) return std::unexpected(evaluation::FieldErrors{accuracy_m.error()});
  const auto coordinates = std::ranges::find(geometry_, "coordinates", &JsonMember::name);
  if (coordinates != geometry_.end()) chunk.extent_places += coordinates->text.size() / bytes_of_a_place;
  return answered(properties, found, own, *accuracy_m, chunk);
}

ExtentRows::Answered ExtentRows::answered(const std::vector<JsonMember>& properties, FoundMembers& found,
                                          const evaluation::Members& own, double accuracy_m, Chunk& chunk) {
  const auto& limits = plan_.options.limits;
  const auto left = limits.of_all == tracks::Effort::no_limit ? limits.of_one : limits.of_all - used_;
  tracks::Effort effort(std::min(limits.of_one, left), limits.abandoned.get());
  const auto extent = read_extent(geometry_, properties, {accuracy_m, plan_.options.reading, &effort});
  if (!extent) return std::unexpected(extent.error());
  if (lacks_time(found, *extent) && !plan_.has_at) {
    return std::unexpected(evaluation::FieldErrors{
        {"at", Code::missing,
         "the row has no time where others have one; fill it in, or state `at` for rows without"}});
  }
  auto answer =
      answer_extent(plan_.world, *extent,
                    {evaluation::merged(own, plan_.options.shared), plan_.options.now, limits.most_places, &effort},
                    chunk.extent_places);
  used_ += effort.used();
  return answer;
}

void ExtentRows::answer(const std::vector<JsonMember>& properties, FoundMembers& found, const evaluation::Members& own,
                        Chunk& chunk) {
  auto answer = checked(properties, found, own, chunk);
  if (!answer) return RowValidator::add_bad(std::move(answer.error()), chunk);
  chunk.extents.push_back(
      {static_cast<std::uint32_t>(chunk.rows() - 1), std::make_shared<const ExtentAnswer>(std::move(*answer))});
}

}  // namespace kordon::batch
