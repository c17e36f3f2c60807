#include "api/limits.hpp"

#include "api/features/items_request.hpp"
#include "text/json_writer.hpp"

namespace kordon::api {
namespace {

void write_count(text::JsonWriter& out, std::string_view key, std::size_t count) {
  out.key(key).integer(static_cast<std::int64_t>(count));
}

void write_count_or_null(text::JsonWriter& out, std::string_view key, std::size_t count) {
  count > 0 ? write_count(out, key, count) : static_cast<void>(out.key(key).null());
}

void write_timeouts(text::JsonWriter& out, const config::Timeouts& timeouts) {
  out.key("timeouts_ms").begin_object();
  out.key("header").integer(timeouts.header.count()).key("body").integer(timeouts.body.count());
  out.key("write").integer(timeouts.write.count()).key("idle").integer(timeouts.idle.count()).end_object();
}

}  // namespace

std::string limits_json(const config::ServerConfig& server) {
  std::string json;
  text::JsonWriter out(json);
  out.begin_object();
  write_count(out, "body_bytes", server.limits.body_bytes);
  write_count(out, "header_bytes", server.limits.header_bytes);
  write_count(out, "batch_rows", server.limits.batch_rows);
  write_count_or_null(out, "stream_bytes", server.limits.stream_bytes);
  write_count(out, "streams", server.limits.streams);
  write_count(out, "connections_per_address", server.limits.connections_per_address);
  write_count(out, "items_per_page", features::most_items);
  out.key("max_allowable_offset_deg").number(features::largest_offset_deg).key("rate");
  if (server.rate_limit.requests_per_second > 0) {
    out.begin_object().key("requests_per_second").number(server.rate_limit.requests_per_second);
    out.key("burst").number(server.rate_limit.burst);
    out.key("rows_per_request").number(server.rate_limit.rows_per_request).end_object();
  } else {
    out.null();
  }
  write_timeouts(out, server.timeouts);
  out.end_object();
  return json;
}

}  // namespace kordon::api
