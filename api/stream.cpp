#include "api/stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "api/batch_request.hpp"
#include "api/http/batch_media_type.hpp"
#include "api/http/media_type.hpp"
#include "api/http/target.hpp"
#include "batch/batch_stream.hpp"
#include "evaluation/notices.hpp"

namespace kordon::api {
namespace {

constexpr std::string_view path = "/v1/evaluate";

/// A header field's value has no line ends and, to be safe, nothing but ASCII.
std::string field_value(const std::vector<std::string>& notices) {
  std::string value;
  for (const auto& notice : notices) (value += value.empty() ? "" : " | ") += notice;
  std::ranges::replace_if(value, [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return value;
}

/// A display string of RFC 9651: UTF-8, escaped byte by byte where it is not plain ASCII.
std::string display_string(std::string_view text) {
  std::string value = "%\"";
  for (const char c : text) {
    const bool plain = c >= 0x20 && c < 0x7f && c != '%' && c != '"';
    value += plain ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  return value + '"';
}

/// A dictionary of RFC 9651. A text that no header field has room for is left out.
std::string dictionary(const std::vector<std::pair<std::string_view, std::string>>& members) {
  std::string value;
  constexpr std::size_t max_text_bytes = 200;
  for (const auto& [key, text] : members) {
    if (text.size() > max_text_bytes) continue;
    value += fmt::format("{}{}={}", value.empty() ? "" : ", ", key, display_string(text));
  }
  return value;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> headers_of(const OpenedStream& opened) {
  auto headers = opened.headers;
  if (auto columns = dictionary(opened.stream->columns()); !columns.empty()) {
    headers.emplace_back("Kordon-Columns", std::move(columns));
  }
  const auto notices = opened.stream->notices();
  const auto notice = std::ranges::find(headers, "Kordon-Notice", &std::pair<std::string, std::string>::first);
  if (notices.empty() || notice == headers.end()) return headers;
  notice->second = field_value(notices) + (notice->second.empty() ? "" : " | ") + notice->second;
  return headers;
}

std::expected<OpenedStream, evaluation::FieldErrors> open_batch(const world::World& world, const http::Request& head,
                                                                const evaluation::Members& query,
                                                                std::size_t max_rows) {
  auto options = read_batch_options(world, head, query, max_rows == 0);
  if (!options) return std::unexpected(std::move(options.error()));
  const auto compiled = evaluation::compile_query(world, options->shared, options->now);
  OpenedStream opened;
  opened.content_type = http::media_type_of(options->to);
  opened.headers = {{"Kordon-Data-Version", world.data_version}};
  if (const auto notice = field_value(evaluation::notices_of(*compiled)); !notice.empty()) {
    opened.headers.emplace_back("Kordon-Notice", notice);
  }
  opened.stream = batch::make_batch_stream(world, std::move(*options), max_rows);
  opened.route = path;
  return opened;
}

std::expected<bool, evaluation::FieldErrors> answer_wholly(batch::BatchStream& stream, const http::Request& request,
                                                           std::string& out) {
  const auto has_room = [&] { return !request.hold || request.hold(out.capacity()); };
  auto done = stream.feed(request.body, out);
  while (done && stream.has_more() && has_room()) done = stream.proceed(out);
  if (done && !stream.has_more()) done = stream.finish(out);
  while (done && stream.has_more() && has_room()) done = stream.proceed(out);
  if (!done) return std::unexpected(std::move(done.error()));
  return !stream.has_more();
}

std::expected<std::optional<OpenedStream>, evaluation::FieldErrors> open_stream(const world::World& world,
                                                                                const http::Request& head) {
  const auto format = http::format_of_content_type(head.content_type);
  if (!format || batch::is_array(*format) || head.method != "POST") return std::nullopt;
  const auto target = http::parse_target(head.target);
  if (!target || target->path != path) return std::nullopt;
  return open_batch(world, head, target->query, 0);
}

}  // namespace kordon::api
