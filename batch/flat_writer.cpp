#include <algorithm>
#include <optional>

#include "batch/flat_answer.hpp"
#include "batch/geometries/extent_features.hpp"
#include "batch/geometries/extent_json.hpp"
#include "batch/geometries/extent_sums.hpp"
#include "batch/record_splitter.hpp"
#include "batch/row_writer.hpp"
#include "evaluation/evaluation.hpp"
#include "evaluation/evaluation_json.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

/// What GeoJSON that was scored before has already got.
constexpr std::string_view stamp = "\"kordon\":";

/// Rows as JSON objects or Features: as they came, with the answer's members behind their own.
class FlatWriter final : public RowWriter {
 public:
  explicit FlatWriter(const Plan& plan)
      : plan_(plan),
        answer_(plan.world),
        features_(has_features(plan.options.to)),
        from_cells_(plan.wants_cells() &&
                    (plan.has_crs() || !has_features(plan.options.from) || !has_features(plan.options.to))),
        separators_(plan.options.to == Format::geojsonseq &&
                    (plan.options.from != Format::geojsonseq || plan.record_separators)),
        one_line_(!is_array(plan.options.to) && plan.record_separators && !separators_) {}

  void begin(std::string& out) override {
    if (!is_array(plan_.options.to)) return;
    out += keeps_wrapper() ? std::string_view(plan_.wrapper) : R"({"type":"FeatureCollection","features":[)";
    out += '\n';
  }

  [[nodiscard]] std::string_view between() const override { return is_array(plan_.options.to) ? ",\n" : ""; }

  void end(const Counts& counts, std::string_view tail, std::string& out) override {
    if (!is_array(plan_.options.to)) return;
    out += '\n';
    if (!keeps_wrapper()) tail = "]}";
    const auto brace = tail.rfind('}');
    out += tail.substr(0, brace);
    if (!plan_.wrapper.contains(stamp) && !tail.contains(stamp)) {
      (out += ',') += stamp;
      text::JsonWriter writer(out);
      writer.begin_object().key("summary").begin_object();
      writer.key("items").integer(static_cast<std::int64_t>(counts.rows));
      writer.key("errors").integer(static_cast<std::int64_t>(counts.rows_in_error)).end_object();
      evaluation::write_provenance(writer, plan_.world);
      writer.end_object();
    }
    out += tail.substr(brace);
    out += '\n';
  }

  void write(const Chunk& chunk, const Part& part, const Scores& scores, std::string& out,
             const Drain& drain) override {
    write_rows(
        chunk, part, out, drain,
        [&](std::uint32_t row, std::size_t i) {
          members_.clear();
          plan_.options.full ? append_evaluation(chunk, i) : answer_.append(members_, scores, i - scores.first);
          append_row(chunk, row, chunk.places.place(i), out);
        },
        [&](std::uint32_t row, const ExtentAnswer& answer) {
          if (plan_.options.full && std::holds_alternative<tracks::TrackAnswer>(answer.found)) {
            return append_features(chunk, row, answer, out);
          }
          members_.clear();
          text::JsonWriter writer(members_);
          plan_.options.full ? write_extent(writer, plan_.world, answer) : write_sums(writer, plan_.world, answer);
          append_row(chunk, row, std::nullopt, out);
        },
        [&](std::uint32_t row, const BadRow& bad) {
          members_.clear();
          JsonAnswer::append(members_, bad.errors);
          append_row(chunk, row, std::nullopt, out);
        });
  }

 private:
  [[nodiscard]] bool keeps_wrapper() const {
    return plan_.options.from == Format::geojson && !plan_.wrapper.empty() && !plan_.has_crs();
  }

  /// All that `GET /v1/evaluate` says of a position.
  void append_evaluation(const Chunk& chunk, std::size_t i) {
    evaluation::Place place{chunk.places.position(i), {}};
    const auto told =
        std::ranges::lower_bound(chunk.read_as, chunk.valid[i], {}, &decltype(chunk.read_as)::value_type::first);
    if (told != chunk.read_as.end() && told->first == chunk.valid[i]) place.read_as = told->second;
    const evaluation::PreparedQuery prepared(plan_.world, *chunk.queries[i]);
    text::JsonWriter writer(members_);
    evaluation::evaluate(plan_.world, prepared.query, place.position, evaluation_);
    evaluation::write_evaluation(writer, prepared, prepared.query.at, place, evaluation_);
  }

  /// A line's intervals and crossings, in place of the row.
  void append_features(const Chunk& chunk, std::uint32_t row, const ExtentAnswer& answer, std::string& out) {
    std::string of = "{";
    for (const Cell& cell : cells_of(chunk, row)) {
      const bool own = cell.role == Role::id || cell.role == Role::other;
      if (!own || cell.text.starts_with('[') || cell.text.starts_with('{')) continue;
      if (of.size() > 1) of += ',';
      append_json_member(of, cell, buffer_);
    }
    of += '}';
    const bool array = is_array(plan_.options.to);
    bool first = true;
    append_line_features(out, answer, of, [&] {
      if (array && (row > 0 || !first)) out += ",\n";
      if (!array && !first) out += '\n';
      if (separators_) out += record_separator;
      first = false;
    });
    if (!array) out += '\n';
  }

  void append_row(const Chunk& chunk, std::uint32_t row, std::optional<geo::LonLat> place, std::string& out) {
    const bool array = is_array(plan_.options.to);
    if (array && row > 0) out += ",\n";
    if (separators_) out += record_separator;
    const std::size_t begin = out.size();
    if (from_cells_) {
      features_ ? append_feature(cells_of(chunk, row), place, out) : append_item(cells_of(chunk, row), out);
    } else if (chunk.splices[row].at != Splice::nowhere) {
      append_spliced(chunk.texts[row], chunk.splices[row], out);
    } else {
      features_ ? append_feature({}, std::nullopt, out) : append_item({}, out);
    }
    if (one_line_) {
      std::replace_if(
          out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), [](char c) { return c == '\n' || c == '\r'; },
          ' ');
    }
    if (!array) out += '\n';
  }

  void append_spliced(std::string_view text, Splice splice, std::string& out) {
    out += text.substr(0, splice.at);
    if (splice.comma) out += ',';
    out += members_;
    out += text.substr(splice.at);
  }

  void append_item(std::span<const Cell> cells, std::string& out) {
    out += '{';
    for (const Cell& cell : cells) {
      if (cell.role == Role::answer) continue;
      append_json_member(out, cell, buffer_);
      out += ',';
    }
    (out += members_) += '}';
  }

  void append_feature(std::span<const Cell> cells, std::optional<geo::LonLat> place, std::string& out) {
    out += R"({"type":"Feature",)";
    const auto id = std::ranges::find(cells, Role::id, &Cell::role);
    if (id != cells.end()) {
      out += "\"id\":";
      append_json_value(out, *id, buffer_);
      out += ',';
    }
    append_geometry(place, out);
    out += R"(,"properties":{)";
    for (const Cell& cell : cells) {
      const bool elsewhere = cell.role == Role::id || cell.role == Role::answer;
      const bool in_geometry = place && (cell.role == Role::lon || cell.role == Role::lat);
      if (elsewhere || in_geometry) continue;
      append_json_member(out, cell, buffer_);
      out += ',';
    }
    (out += members_) += "}}";
  }

  static void append_geometry(std::optional<geo::LonLat> place, std::string& out) {
    out += "\"geometry\":";
    if (!place) {
      out += "null";
      return;
    }
    out += R"({"type":"Point","coordinates":[)";
    text::append_shortest(out, place->lon_deg);
    out += ',';
    text::append_shortest(out, place->lat_deg);
    out += "]}";
  }

  const Plan& plan_;
  JsonAnswer answer_;
  evaluation::Evaluation evaluation_;
  bool features_;
  bool from_cells_;
  bool separators_;  ///< RFC 8142's, before each row
  bool one_line_;    ///< rows that may have line ends must not have them in the answer
  std::string members_;
  std::string buffer_;
};

}  // namespace

std::unique_ptr<RowWriter> make_flat_writer(const Plan& plan) { return std::make_unique<FlatWriter>(plan); }

std::unique_ptr<RowWriter> make_writer(const Plan& plan) {
  if (plan.options.to == Format::csv) return make_csv_writer(plan);
  const bool full = plan.options.to == Format::json || plan.options.full;
  return full && !has_features(plan.options.to) ? make_full_writer(plan) : make_flat_writer(plan);
}

}  // namespace kordon::batch
