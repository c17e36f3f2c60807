#include "batch/geometries/cloud_event.hpp"

#include <fmt/format.h>

#include <cmath>

#include "batch/geometries/track_json.hpp"
#include "evaluation/error_json.hpp"
#include "text/number_text.hpp"

namespace kordon::batch {
namespace {

using Kind = tracks::WatchEvent::Kind;
using text::JsonWriter;

constexpr int second_decimals = 3;

std::string_view type_of(Kind kind) {
  switch (kind) {
    case Kind::enter:
      return "org.kordon.region.enter";
    case Kind::exit:
      return "org.kordon.region.exit";
    case Kind::dwell:
      return "org.kordon.region.dwell";
    case Kind::verdict:
      return "org.kordon.verdict";
    default:
      return "org.kordon.gap";
  }
}

/// CloudEvents' context attributes.
void write_context(JsonWriter& out, std::string_view type, std::string_view id) {
  out.key("specversion").text("1.0").key("id").text(id).key("source").text("/kordon/watch").key("type").text(type);
}

void write_verdict(JsonWriter& out, const tracks::Question& question, const tracks::WatchEvent& event) {
  write_program(out, *question.programs[event.program]);
  const bool first = event.from == event.to;
  out.key("from");
  first ? out.null() : out.text(policy::name_of(event.from));
  out.key("to").text(policy::name_of(event.to));
  if (!first) out.key("dwell_s").fixed(event.dwell_s, second_decimals);
  if (event.because.program != nullptr) write_change(out, event.because);
}

}  // namespace

void append_cloud_event(std::string& out, const world::World& world, const tracks::Question& question,
                        std::string_view object, std::uint64_t number, const tracks::WatchEvent& event) {
  JsonWriter writer(out);
  writer.begin_object();
  write_context(writer, type_of(event.kind), fmt::format("{}/{}", object, number));
  writer.key("subject").text(object);
  write_time(writer, "time", event.at.time_ms);
  writer.key("datacontenttype").text("application/json").key("data").begin_object();
  if (event.kind == Kind::verdict) {
    write_verdict(writer, question, event);
  } else if (event.kind != Kind::gap) {
    writer.key("region").text(world.atlas.id_of(question.regions[event.region]));
  }
  if (event.kind == Kind::exit || event.kind == Kind::dwell)
    writer.key("dwell_s").fixed(event.dwell_s, second_decimals);
  write_place(writer, event.at.place);
  writer.key("at_m").fixed(event.at.at_m, text::metre_decimals);
  write_time_range(writer, event.earliest_ms, event.latest_ms);
  if (event.kind != Kind::gap && event.kind != Kind::dwell) writer.key("seen").boolean(event.seen);
  writer.end_object().end_object();
  out += '\n';
}

void append_error_event(std::string& out, const FixRow& row) {
  JsonWriter writer(out);
  writer.begin_object();
  write_context(writer, "org.kordon.fix.refused", fmt::format("row/{}", row.row));
  if (!row.object.empty()) writer.key("subject").text(row.object);
  writer.key("datacontenttype").text("application/json").key("data").begin_object();
  writer.key("row").integer(static_cast<std::int64_t>(row.row));
  evaluation::write_item_error(writer, row.errors);
  writer.end_object().end_object();
  out += '\n';
}

}  // namespace kordon::batch
