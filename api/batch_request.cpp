#include "api/batch_request.hpp"

#include <algorithm>
#include <array>

#include "api/http/batch_media_type.hpp"
#include "api/http/call.hpp"
#include "batch/geometries/extent.hpp"
#include "evaluation/shared_members.hpp"
#include "text/number_text.hpp"

namespace kordon::api {
namespace {

struct ColumnOption {
  std::string_view key;
  std::string batch::ColumnNames::* name;
};

constexpr std::array column_options{
    ColumnOption{"lon_column", &batch::ColumnNames::lon},
    ColumnOption{"lat_column", &batch::ColumnNames::lat},
    ColumnOption{"position_column", &batch::ColumnNames::position},
    ColumnOption{"accuracy_column", &batch::ColumnNames::accuracy_m},
    ColumnOption{"at_column", &batch::ColumnNames::at},
    ColumnOption{"at_time_column", &batch::ColumnNames::at_time},
    ColumnOption{"id_column", &batch::ColumnNames::id},
};

std::string text_of(const evaluation::Member& member) {
  const auto* untyped = std::get_if<evaluation::Untyped>(&member.value);
  return untyped ? untyped->text : std::string();
}

/// What takes longer than a turn is answered by the threads that answer large bodies: of a stream in turn with other
/// clients' work, of a whole body in one go.
batch::WorkLimits work_limits(const world::World& world, const http::Request& head, bool is_stream) {
  using namespace std::chrono_literals;
  batch::WorkLimits limits{.of_one = 2s,
                           .at_once = 50ms,
                           .most_repeated = std::size_t{16} << 20U,
                           .abandoned = head.abandoned,
                           .most_places = 1'000'000};
  limits.a_turn = is_stream ? http::settings_of(world, head).limits.turn : limits.at_once;
  limits.apart = is_stream;
  limits.rows_at_once = is_stream ? 512 : 2048;
  limits.bytes_at_once = std::size_t{1} << (is_stream ? 18U : 20U);
  if (is_stream) return limits;
  limits.of_all = 5s;
  limits.of_row = 200us;  // twice what one takes that is far from every line
  return limits;
}

bool read_positive(std::string_view key, std::string_view text, double& value, evaluation::FieldErrors& errors) {
  const auto number = text::read_number(text);
  if (number && *number > 0) {
    value = *number;
  } else {
    errors.push_back({std::string(key), evaluation::Code::out_of_range, "expected a number above 0"});
  }
  return true;
}

/// Whether the member is about how the batch is written; with an error if it says it wrongly.
bool read_option(const evaluation::Member& member, batch::BatchOptions& options, evaluation::FieldErrors& errors) {
  const auto text = text_of(member);
  const auto* const column = std::ranges::find(column_options, member.key, &ColumnOption::key);
  if (column != column_options.end()) {
    options.names.*(column->name) = text;
    if (text.empty()) errors.push_back({member.key, evaluation::Code::missing, "expected the name of a column"});
    return true;
  }
  if (member.key == "delimiter") {
    if (text.size() == 1) options.delimiter = text[0];
    if (text.size() != 1 || text == "\"" || text == "\n") {
      errors.push_back({member.key, evaluation::Code::out_of_range, "expected one character"});
    }
    return true;
  }
  if (member.key == "edges") {
    const auto kind = batch::read_edge_kind(text);
    if (!kind) errors.push_back({member.key, evaluation::Code::out_of_range, "expected `planar` or `geodesic`"});
    options.reading.edges = kind.value_or(options.reading.edges);
    return true;
  }
  if (member.key == "max_gap_s") return read_positive(member.key, text, options.reading.max_gap_s, errors);
  if (member.key == "max_speed_m_s") return read_positive(member.key, text, options.reading.max_speed_m_s, errors);
  if (member.key == "formulas") {
    options.disarm_formulas = text == "disarmed";
    if (text != "disarmed" && text != "kept") {
      errors.push_back({member.key, evaluation::Code::out_of_range, "expected `kept` or `disarmed`"});
    }
    return true;
  }
  if (member.key != "detail") return false;
  options.full = text == "full";
  if (text != "full" && text != "flat") {
    errors.push_back({member.key, evaluation::Code::out_of_range, "expected `flat` or `full`"});
  }
  return true;
}

}  // namespace

std::expected<batch::BatchOptions, evaluation::FieldErrors> read_batch_options(const world::World& world,
                                                                               const http::Request& head,
                                                                               const evaluation::Members& query,
                                                                               bool is_stream) {
  batch::BatchOptions options;
  options.now = head.received;
  evaluation::FieldErrors errors;
  const auto from = http::format_of_content_type(head.content_type);
  if (!from) {
    errors.push_back({"Content-Type", evaluation::Code::unsupported_media_type,
                      "expected application/json, application/geo+json, application/x-ndjson, "
                      "application/geo+json-seq or text/csv, in UTF-8, or one file of multipart/form-data"});
    return std::unexpected(std::move(errors));
  }
  options.from = *from;
  if (const auto to = http::preferred_format(head.accept, *from)) {
    options.to = *to;
  } else {
    errors.push_back({"Accept", evaluation::Code::not_acceptable,
                      "expected one of application/json, application/geo+json, application/x-ndjson, "
                      "application/geo+json-seq, text/csv"});
  }
  options.whole_body = batch::is_array(*from);
  options.limits = work_limits(world, head, is_stream);
  options.full = *from == batch::Format::json && options.to == batch::Format::json;
  for (const evaluation::Member& member : query) {
    if (!read_option(member, options, errors)) options.shared.push_back(member);
  }
  if (options.full && options.to == batch::Format::csv) {
    errors.push_back({"detail", evaluation::Code::conflict, "expected `full` with JSON or GeoJSON, not with text/csv"});
  }
  std::ranges::move(evaluation::shared_errors(world, options.shared), std::back_inserter(errors));
  const auto compiled = evaluation::compile_query(world, options.shared, options.now);
  if (!compiled) std::ranges::copy(compiled.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return options;
}

}  // namespace kordon::api
