#include "api/http/upload.hpp"

#include <algorithm>
#include <optional>

#include "api/http/batch_media_type.hpp"
#include "batch/format.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

namespace kordon::api::http {
namespace {

using evaluation::Code;

constexpr std::string_view media_type = "multipart/form-data";
constexpr std::size_t max_boundary_bytes = 70;  // RFC 2046, 5.1.1
constexpr std::size_t max_fields = 50;

std::unexpected<evaluation::FieldErrors> error(std::string where, Code code, std::string message) {
  return std::unexpected(evaluation::FieldErrors{{std::move(where), code, std::move(message)}});
}

bool starts_with_ignoring_case(std::string_view text, std::string_view begin) {
  return text::equal_in_any_case(text.substr(0, begin.size()), begin);
}

/// The value of a parameter behind a semicolon, without its quotes; nothing: it is not there.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
  for (auto at = field.find(';'); at != field.npos; at = field.find(';', at + 1)) {
    auto rest = field.substr(at + 1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    if (!starts_with_ignoring_case(rest, name) || rest.substr(name.size(), 1) != "=") continue;
    rest.remove_prefix(name.size() + 1);
    if (!rest.starts_with('"')) return std::string(rest.substr(0, rest.find_first_of("; \t")));
    std::string value;
    for (std::size_t i = 1; i < rest.size() && rest[i] != '"'; ++i) {
      if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
      value += rest[i];
    }
    return value;
  }
  return std::nullopt;
}

struct Part {
  std::string_view head;
  std::string_view content;

  /// The value of a field of its head, empty where it has none.
  [[nodiscard]] std::string_view field(std::string_view name) const {
    auto rest = head;
    while (!rest.empty()) {
      const auto end = std::min(rest.find("\r\n"), rest.size());
      auto line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 2, rest.size()));
      if (!starts_with_ignoring_case(line, name) || line.substr(name.size(), 1) != ":") continue;
      line.remove_prefix(name.size() + 1);
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
      return line;
    }
    return {};
  }
};

/// Takes the next part off what stands behind a delimiter; nothing: the body does not go on as it must.
std::optional<Part> take_part(std::string_view& rest, std::string_view delimiter) {
  if (!rest.starts_with("\r\n")) return std::nullopt;
  const auto end = rest.find(delimiter, 0);
  const auto head_end = rest.find("\r\n\r\n");
  if (end == rest.npos || head_end == rest.npos || head_end + 4 > end + 2) return std::nullopt;
  const auto content = std::min(head_end + 4, end);
  const Part part{rest.substr(2, head_end > 0 ? head_end - 2 : 0), rest.substr(content, end - content)};
  rest.remove_prefix(end + delimiter.size());
  return part;
}

/// A format of a batch by the part's own type, else by the file's name; nothing: neither is known.
std::optional<batch::Format> format_of(const Part& part, const std::string& file) {
  if (const auto format = format_of_content_type(part.field("Content-Type"))) return format;
  return batch::format_of_file(file);
}

}  // namespace

bool is_upload(std::string_view content_type) {
  return starts_with_ignoring_case(content_type, media_type) &&
         (content_type.size() == media_type.size() ||
          std::string_view("; \t").contains(content_type[media_type.size()]));
}

std::expected<Upload, evaluation::FieldErrors> read_upload(std::string_view content_type, std::string_view body) {
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > max_boundary_bytes) {
    return error("Content-Type", Code::unsupported_media_type, "expected multipart/form-data with its boundary");
  }
  const auto delimiter = "\r\n--" + *boundary;
  const auto first = body.starts_with(delimiter.substr(2)) ? delimiter.size() - 2 : body.find(delimiter);
  if (first == body.npos) return error("body", Code::bad_http, "has no part: its boundary does not occur");
  auto rest = body.substr(body.starts_with(delimiter.substr(2)) ? first : first + delimiter.size());
  std::optional<Upload> upload;
  evaluation::Members members;
  while (!rest.starts_with("--")) {
    const auto part = take_part(rest, delimiter);
    if (!part) return error("body", Code::bad_http, "is no form: a part is cut off or has no head");
    const auto disposition = part->field("Content-Disposition");
    const auto name = parameter(disposition, "name").value_or("");
    const auto file = parameter(disposition, "filename");
    if (!file) {
      if (name.empty()) return error("body", Code::bad_http, "is no form: a part has no name");
      if (members.size() == max_fields || !text::is_utf8(part->content)) {
        return error("body", Code::bad_http, "expected at most 50 fields beside the file, in UTF-8");
      }
      members.push_back({name, evaluation::Untyped{std::string(part->content)}});
      continue;
    }
    if (upload) return error("body", Code::duplicate, "has several files, expected one");
    const auto format = format_of(*part, *file);
    if (!format) {
      return error(name.empty() ? "body" : name, Code::unsupported_media_type,
                   "expected a file of CSV, JSON lines, JSON or GeoJSON, by its type or the ending of its name");
    }
    upload = Upload{std::string(media_type_of(*format)), part->content, {}};
  }
  if (!upload) return error("body", Code::missing, "has no file; curl sends one with -F file=@positions.csv");
  upload->members = std::move(members);
  return std::move(*upload);
}

}  // namespace kordon::api::http
