#include "cli/batch_arguments.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <filesystem>

#include "batch/geometries/extent.hpp"
#include "cli/interrupt.hpp"
#include "cli/vector_file.hpp"
#include "evaluation/shared_members.hpp"

namespace kordon::cli {
namespace {

struct Option {
  const char* flag;
  const char* key;
  const char* type;
  const char* help;
};

constexpr std::array member_options{
    Option{"accuracy-m", "accuracy_m", "METRES", "Of rows that state none: radius that holds the true place with 95 %"},
    Option{"at", "at", "TIME", "Of rows that state none: RFC 3339; default: now"},
    Option{"at-zone", "at_zone", "ZONE",
           "Of times without an offset: UTC, +03:00, Europe/Kyiv; default: they are errors"},
    Option{"at-format", "at_format", "FORMAT", "Of times: such as %d.%m.%Y %H:%M, unix, unix_ms"},
    Option{"crs", "crs", "CODE", "Reference system of x and y, such as EPSG:28407; default: degrees of WGS 84"},
    Option{"activity", "activity", "NAME", "Whose verdict; default: the policy's first activity"},
    Option{"policy", "policy", "NAME", "Default: the first policy"},
};

constexpr std::array column_options{
    Option{"--lon-column", "lon", "NAME", "Default: lon, long, longitude and their like, else x"},
    Option{"--lat-column", "lat", "NAME", "Default: lat, latitude and their like, else y"},
    Option{"--position-column", "position", "NAME", "Of position texts; default: position, mgrs, wkt, h3, coordinates"},
    Option{"--accuracy-column", "accuracy_m", "NAME", "Of metres; default: accuracy_m, coordinateUncertaintyInMeters"},
    Option{"--at-column", "at", "NAME", "Of times, or of dates beside --at-time-column; default: at"},
    Option{"--at-time-column", "at_time", "NAME", "Of times of day, beside --at-column; in CSV"},
    Option{"--id-column", "id", "NAME", "Default: id"},
};

/// Formats that have a name here are never left to it.
bool is_left_to_gdal(const std::string& format, const std::string& file, bool to_create) {
  return format.empty() && !batch::format_of_file(file) && is_vector_file(file, to_create);
}

void set_columns(const BatchArguments& arguments, batch::ColumnNames& names) {
  const auto set = [&](const char* key, std::string& name) {
    const auto found = arguments.columns.find(key);
    if (found != arguments.columns.end()) name = found->second;
  };
  set("lon", names.lon);
  set("lat", names.lat);
  set("position", names.position);
  set("accuracy_m", names.accuracy_m);
  set("at", names.at);
  set("at_time", names.at_time);
  set("id", names.id);
}

/// Of a file's name the ending, without one of a compression; empty: it has none.
std::string ending_of(const std::string& file) {
  const auto name = std::filesystem::path(file).filename();
  return (name.extension() == ".gz" ? name.stem() : name).extension().string();
}

std::string no_format_of(const std::string& file, const std::string& ending) {
  return fmt::format(
      "{}: `{}` is no ending of a format that is known here; expected .csv, .tsv, .ndjson, .geojsonl, .json, "
      ".geojson, each perhaps with .gz, or one that GDAL knows; or name the format{}",
      file, ending, other_reader_of(file));
}

std::expected<batch::Format, std::string> format_of(const std::string& name, const std::string& file,
                                                    batch::Format fallback) {
  if (name.empty()) {
    if (const auto format = batch::format_of_file(file)) return *format;
    const auto ending = file == "-" ? std::string() : ending_of(file);
    if (!ending.empty()) return std::unexpected(no_format_of(file, ending));
    return fallback;
  }
  if (const auto format = batch::format_named(name)) return *format;
  return std::unexpected(fmt::format("'{}' is no format; expected csv, ndjson, geojsonseq, json or geojson", name));
}

void add_query(CLI::App& command, QueryArguments& query, const std::string& prefix) {
  for (const auto& [flag, key, type, help] : member_options) {
    const auto keep = [&query, name = std::string(key)](const std::string& text) { query.members[name] = text; };
    command.add_option_function<std::string>(prefix + flag, keep, help)->type_name(type);
  }
  command.add_option(prefix + "set", query.settings, "A parameter of the policy, as depth_km=60; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

void add_rows(CLI::App& command, BatchArguments& arguments) {
  command.add_option("IN", arguments.in, "File to read; - or nothing: standard input");
  command.add_option("-o,--output", arguments.out, "File to write; default: standard output")->type_name("FILE");
  command
      .add_option(
          "--from", arguments.from,
          "csv, ndjson, geojsonseq, json, geojson; default: by the file's name, which may be any that GDAL knows")
      ->type_name("FORMAT");
  for (const auto& [flag, key, type, help] : column_options) {
    const auto keep = [&arguments, name = std::string(key)](const std::string& text) {
      arguments.columns[name] = text;
    };
    command.add_option_function<std::string>(flag, keep, help)->type_name(type);
  }
  command.add_option("--delimiter", arguments.delimiter, "Of CSV; default: found in the header")->type_name("CHAR");
}

void add_lines(CLI::App& command, BatchArguments& arguments) {
  command.add_option("--edges", arguments.edges,
                     "Of lines and areas: planar (as GeoJSON's are, the default), geodesic");
  command.add_option("--max-gap-s", arguments.max_gap_s, "Of lines: a longer time between two fixes is not bridged")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
  command.add_option("--max-speed-m-s", arguments.max_speed_m_s, "Of lines: a faster way is not bridged either")
      ->type_name("M/S")
      ->check(CLI::PositiveNumber);
}

void append_members(const QueryArguments& query, evaluation::Members& members) {
  for (const auto& [key, value] : query.members) members.push_back({key, evaluation::Untyped{value}});
  for (const auto& setting : query.settings) {
    const auto equals = std::min(setting.find('='), setting.size());
    const auto value = setting.substr(std::min(equals + 1, setting.size()));
    members.push_back({setting.substr(0, equals), evaluation::Untyped{value}, true});
  }
}

std::expected<void, std::string> set_reading(const BatchArguments& arguments, tracks::Reading& reading) {
  const auto kind = batch::read_edge_kind(arguments.edges);
  if (!kind && !arguments.edges.empty()) return std::unexpected("--edges: expected planar or geodesic");
  reading.edges = kind.value_or(reading.edges);
  if (arguments.max_gap_s > 0) reading.max_gap_s = arguments.max_gap_s;
  if (arguments.max_speed_m_s > 0) reading.max_speed_m_s = arguments.max_speed_m_s;
  return {};
}

std::expected<batch::BatchOptions, std::string> batch_options(const BatchArguments& arguments) {
  batch::BatchOptions batch;
  batch.limits.abandoned = interruption();
  const auto from = format_of(arguments.from, arguments.in, batch::Format::csv);
  if (!from) return std::unexpected((arguments.from.empty() ? "" : "--from ") + from.error());
  const auto to = format_of(arguments.to, arguments.out, *from);
  if (!to) return std::unexpected((arguments.to.empty() ? "" : "--to ") + to.error());
  if (*to == batch::Format::csv && ending_of(arguments.out) == ".tsv") batch.out_delimiter = '\t';
  batch.from = *from;
  batch.to = *to;
  set_columns(arguments, batch.names);
  if (arguments.delimiter.size() > 1 && arguments.delimiter != "\\t") {
    return std::unexpected("--delimiter: expected one character, or \\t");
  }
  if (!arguments.delimiter.empty()) batch.delimiter = arguments.delimiter == "\\t" ? '\t' : arguments.delimiter[0];
  batch.full = arguments.full;
  batch.disarm_formulas = arguments.disarm_formulas;
  if (batch.disarm_formulas && batch.to != batch::Format::csv) {
    return std::unexpected("--disarm-formulas: expected CSV to be written");
  }
  if (auto read = set_reading(arguments, batch.reading); !read) return std::unexpected(read.error());
  batch.evaluate = !arguments.no_evaluate;
  batch.now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return batch;
}

/// What one side asks: its own, and what both share where it says nothing.
evaluation::Members members_of(const QueryArguments& own, const QueryArguments& shared) {
  evaluation::Members members;
  append_members(own, members);
  evaluation::Members others;
  append_members(shared, others);
  return evaluation::merged(members, others);
}

}  // namespace

CLI::App* add_score(CLI::App& app, BatchArguments& arguments) {
  auto* command = app.add_subcommand("score", "Score a file or stream of positions of any size");
  add_rows(*command, arguments);
  command->add_option("--to", arguments.to, "As --from; default: by the file's name, else as it came")
      ->type_name("FORMAT");
  add_query(*command, arguments.query, "--");
  command
      ->add_option("--layer", arguments.score.layers,
                   "Of a file that GDAL reads; repeatable; default: the only one with features, of KML all")
      ->allow_extra_args(false)
      ->type_name("NAME");
  command->add_flag("--lines", arguments.score.fix_lines,
                    "Rows are fixes: those of one id, in order of time, make a line with times");
  command->add_flag("--full", arguments.full, "JSON lines: every verdict with its reasons");
  add_lines(*command, arguments);
  command->add_flag("--disarm-formulas", arguments.disarm_formulas,
                    "CSV: ' before cells that a spreadsheet would take for formulas (= + - @), numbers excepted");
  command->add_flag("--strict", arguments.score.strict, "Stop at the first row in error, and write no file");
  command->add_flag("--quiet", arguments.score.quiet, "No summary");
  command->add_option("--threads", arguments.score.threads, "Default: one for each core")->type_name("N");
  command
      ->add_option("--memory", arguments.score.memory_gb,
                   "Most memory for a file that GDAL reads (not CSV or JSON); default: 2")
      ->check(CLI::Range(0.1, 1e6))
      ->type_name("GB");
  command->add_flag("--no-evaluate", arguments.no_evaluate, "Parse and format only, for measuring");
  return command;
}

CLI::App* add_watch(CLI::App& app, BatchArguments& arguments) {
  auto* command = app.add_subcommand("watch", "Tell what objects do from a stream of their fixes, as CloudEvents");
  add_rows(*command, arguments);
  add_query(*command, arguments.query, "--");
  add_lines(*command, arguments);
  command->add_option("--dwell-s", arguments.dwell_s, "Tell when an object has been in a region for so long")
      ->type_name("SECONDS")
      ->check(CLI::PositiveNumber);
  command->add_option("--most-objects", arguments.most_objects, "Fixes of more are refused; default: 1,000,000")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  command->add_flag("--quiet", arguments.score.quiet, "No summary");
  return command;
}

CLI::App* add_diff(CLI::App& app, BatchArguments& arguments) {
  auto* command = app.add_subcommand("diff", "List the rows whose verdict differs between two configurations");
  add_rows(*command, arguments);
  command->add_option("--before", arguments.before_config, "kordon.json of one side")->type_name("FILE");
  command->add_option("--after", arguments.after_config, "kordon.json of the other")->type_name("FILE");
  add_query(*command, arguments.query, "--");
  add_query(*command, arguments.before, "--before-");
  add_query(*command, arguments.after, "--after-");
  return command;
}

std::expected<ScoreOptions, std::string> score_options(const BatchArguments& arguments) {
  ScoreOptions options = arguments.score;
  options.in = arguments.in;
  options.out = arguments.out;
  options.vector_in = is_left_to_gdal(arguments.from, arguments.in, false);
  options.vector_out = is_left_to_gdal(arguments.to, arguments.out, true);
  auto text = arguments;
  if (options.vector_in)
    text.from = batch::name_of(is_table_file(options.in) ? batch::Format::csv : batch::Format::geojsonseq);
  const bool unnamed = arguments.to.empty() && arguments.out == "-";
  if (options.fix_lines && unnamed) text.to = batch::name_of(batch::Format::ndjson);
  if (options.vector_out) text.to = batch::name_of(batch::Format::geojsonseq);
  auto batch = batch_options(text);
  if (!batch) return std::unexpected(batch.error());
  options.batch = std::move(*batch);
  append_members(arguments.query, options.batch.shared);
  return options;
}

std::expected<WatchOptions, std::string> watch_options(const BatchArguments& arguments) {
  auto batch = batch_options(arguments);
  if (!batch) return std::unexpected(batch.error());
  WatchOptions options{.config = {}, .batch = std::move(*batch), .in = arguments.in, .out = arguments.out, .rules = {}};
  append_members(arguments.query, options.batch.shared);
  options.rules.reading = options.batch.reading;
  if (arguments.dwell_s > 0) options.rules.dwell_s = arguments.dwell_s;
  options.most_objects = arguments.most_objects;
  options.quiet = arguments.score.quiet;
  return options;
}

std::expected<DiffOptions, std::string> diff_options(const BatchArguments& arguments) {
  auto batch = batch_options(arguments);
  if (!batch) return std::unexpected(batch.error());
  batch->to = batch->from;
  DiffOptions options{{arguments.before_config, *batch}, {arguments.after_config, *batch}, arguments.in, arguments.out};
  options.before.batch.shared = members_of(arguments.before, arguments.query);
  options.after.batch.shared = members_of(arguments.after, arguments.query);
  return options;
}

}  // namespace kordon::cli
