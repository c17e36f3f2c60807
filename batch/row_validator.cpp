#include "batch/row_validator.hpp"

#include <algorithm>

#include "evaluation/shared_members.hpp"

namespace kordon::batch {
namespace {

std::uint32_t last_row(const Chunk& chunk) { return static_cast<std::uint32_t>(chunk.rows() - 1); }

void push(const geo::Position& position, const evaluation::CompiledQuery& terms, Chunk& chunk) {
  chunk.asked.push_back(last_row(chunk));
  chunk.places.push_back(position);
  chunk.terms.push_back(&terms);
}

}  // namespace

bool RowValidator::add_plain(const PlainRow& row, Chunk& chunk) {
  if (!row.lon_deg || !row.lat_deg) return false;
  const auto* terms = memo_.find(row.at, row.own_terms);
  if (terms == nullptr) return false;
  const auto position = geo::Position::checked({*row.lon_deg, *row.lat_deg}, row.accuracy_m.value_or(plan_.accuracy_m));
  if (!position) return false;
  push(*position, *terms, chunk);
  return true;
}

void RowValidator::add(const PlainRow& row, const evaluation::Members& own, evaluation::FieldErrors errors,
                       Chunk& chunk) {
  const evaluation::Members all = evaluation::merged(own, plan_.options.shared);
  const bool faulty = !errors.empty();
  auto place = evaluation::read_place(all);
  if (!place && !faulty) errors = std::move(place.error());
  const bool has_terms = !row.at.empty() || !row.own_terms.empty();
  auto terms = has_terms ? memo_.learn(row.at, row.own_terms, all)
                         : std::expected<const evaluation::CompiledQuery*, evaluation::FieldErrors>(&memo_.shared());
  if (!terms && !faulty) std::ranges::move(terms.error(), std::back_inserter(errors));
  if (!errors.empty()) return add_bad(std::move(errors), chunk);
  push(place->position, **terms, chunk);
  for (auto& warning : place->warnings) chunk.warnings.emplace_back(last_row(chunk), std::move(warning));
}

void RowValidator::add_bad(evaluation::FieldErrors errors, Chunk& chunk, std::uint32_t cells_missing) {
  chunk.bad.push_back({last_row(chunk), cells_missing, std::move(errors)});
}

}  // namespace kordon::batch
