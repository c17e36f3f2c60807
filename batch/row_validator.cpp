#include "batch/row_validator.hpp"

#include <algorithm>

#include "evaluation/shared_members.hpp"
#include "text/utf8.hpp"

namespace kordon::batch {
namespace {

std::uint32_t last_row(const Chunk& chunk) { return static_cast<std::uint32_t>(chunk.rows() - 1); }

constexpr std::string_view no_time_message =
    "the row has no time where others have one; fill it in, or state `at` for rows that have none";

constexpr std::size_t most_where_bytes = 200;
constexpr std::size_t most_message_bytes = 1000;

void push(const geo::Position& position, const evaluation::CompiledQuery& query, Chunk& chunk) {
  chunk.valid.push_back(last_row(chunk));
  chunk.places.push_back(position);
  chunk.queries.push_back(&query);
}

}  // namespace

RowValidator::RowValidator(const Plan& plan) : plan_(plan), cache_(plan.world, 1024), systems_(plan.systems->take()) {}

RowValidator::~RowValidator() { plan_.systems->give(std::move(systems_)); }

std::optional<policy::Instant> RowValidator::moment_of(std::string_view at) const {
  const auto instant = evaluation::read_time_text(at, plan_.times);
  return instant ? std::optional(*instant) : std::nullopt;
}

RowValidator::Key RowValidator::key_of(const PlainRow& row) {
  const auto at = row.at.empty() ? std::optional(plan_.query.at) : moment_of(row.at);
  if (at && !plan_.options.full) return {row.own_query, cache_.span_of(*at)};
  ((key_ = row.own_query) += '\n') += row.at;
  return {key_, cache_.span_count()};
}

const evaluation::CompiledQuery* RowValidator::known_query(const PlainRow& row) {
  if (row.at.empty() && row.own_query.empty()) return &plan_.query;
  const auto [text, span] = key_of(row);
  const auto* found = cache_.find(text, span);
  return found == nullptr ? nullptr : &found->query;
}

std::expected<const evaluation::CompiledQuery*, evaluation::FieldErrors> RowValidator::query_of(
    const PlainRow& row, const evaluation::Members& all) {
  if (const auto* known = known_query(row)) return known;
  auto query = evaluation::compile_query(plan_.world, all, plan_.options.now);
  if (!query) return std::unexpected(std::move(query.error()));
  const auto [text, span] = key_of(row);
  return &cache_.learn(text, span, std::move(*query)).query;
}

bool RowValidator::add_plain(const PlainRow& row, Chunk& chunk) {
  if (!row.lon_deg || !row.lat_deg || (row.lacks_time && !plan_.has_at)) return false;
  const auto* query = known_query(row);
  if (query == nullptr) return false;
  const auto position = geo::Position::checked({*row.lon_deg, *row.lat_deg}, row.accuracy_m.value_or(plan_.accuracy_m));
  if (!position) return false;
  push(*position, *query, chunk);
  return true;
}

bool RowValidator::would_open_system(const evaluation::Members& own) const {
  const auto crs = std::ranges::find(own, "crs", &evaluation::Member::key);
  if (crs != own.end()) return systems_.would_open(crs_of(crs->value));
  return plan_.has_crs() && systems_.would_open(plan_.crs);
}

void RowValidator::add(const PlainRow& row, const evaluation::Members& own, evaluation::FieldErrors errors,
                       Chunk& chunk) {
  const evaluation::Members all = evaluation::merged(own, plan_.options.shared);
  const bool had_errors = !errors.empty();
  auto place = evaluation::read_place(all, systems_);
  if (!place && !had_errors) errors = std::move(place.error());
  if (row.lacks_time && !plan_.has_at)
    errors.push_back({"at", evaluation::Code::missing, std::string(no_time_message)});
  auto query = query_of(row, all);
  if (!query && !had_errors) std::ranges::move(query.error(), std::back_inserter(errors));
  if (!errors.empty()) return add_bad(std::move(errors), chunk);
  push(place->position, **query, chunk);
  if (!place->read_as.empty()) chunk.read_as.emplace_back(last_row(chunk), std::move(place->read_as));
}

void RowValidator::add_bad(evaluation::FieldErrors errors, Chunk& chunk, std::uint32_t cells_missing) {
  if (errors.size() > evaluation::most_errors) errors.resize(evaluation::most_errors);
  for (auto& [where, code, message] : errors) {
    if (where.size() > most_where_bytes) where = text::shortened(where, most_where_bytes);
    if (message.size() > most_message_bytes) message = text::shortened(message, most_message_bytes);
  }
  chunk.bad.push_back({last_row(chunk), cells_missing, std::move(errors)});
}

evaluation::FieldError time_is_used(std::string_view where) {
  return {std::string(where), evaluation::Code::too_detailed,
          "the rows before it in this body have taken the processor time that all may take; send fewer at once, or as "
          "a stream (CSV, NDJSON, application/geo+json-seq)"};
}

}  // namespace kordon::batch
