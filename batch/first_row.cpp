#include "batch/first_row.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "batch/accuracy_and_time.hpp"
#include "batch/json_scanner.hpp"
#include "batch/nested_place.hpp"
#include "batch/record_splitter.hpp"
#include "batch/row_reader.hpp"
#include "text/json_string.hpp"

namespace kordon::batch {
namespace {

std::vector<JsonMember> members_of(const std::string& row, JsonScanner& scanner) {
  std::vector<JsonMember> members;
  if (scanner.scan(row, members)) members.clear();
  return members;
}

/// Its own; of a place one level down those such as `location.accuracy`, but for what is read there.
void add_names(const JsonMember& member, std::vector<std::string>& names) {
  if (!may_hold_place(member)) return names.push_back(text::unescaped(member.name));
  std::string object(member.text);
  object.reserve(object.size() + JsonScanner::padding);
  JsonScanner scanner;
  for (const auto& inner : members_of(object, scanner)) {
    if (!is_accuracy_of_place(member.name, inner.name)) {
      names.push_back(fmt::format("{}.{}", text::unescaped(member.name), text::unescaped(inner.name)));
    }
  }
}

std::vector<std::string> names_of(std::string_view text, bool feature) {
  std::string row(text);
  row.reserve(row.size() + JsonScanner::padding);
  JsonScanner scanner;
  const auto members = members_of(row, scanner);
  if (feature) {
    const auto properties = std::ranges::find(members, "properties", &JsonMember::name);
    return properties == members.end() ? std::vector<std::string>() : names_of(std::string(properties->text), false);
  }
  std::vector<std::string> names;
  for (const auto& member : members) add_names(member, names);
  return names;
}

/// Rows whose reference system is none: each takes as long as one that is.
constexpr std::size_t most_unknown = 4;

bool is_unknown_crs(const evaluation::FieldError& error) { return error.code == evaluation::Code::unknown_crs; }

std::vector<std::string> names_of_first_row(const Plan& plan, std::string_view head) {
  const auto splitter = make_record_splitter(plan);
  std::string block;
  if (!splitter->take(head.substr(plan.head_bytes), block)) return {};
  if (block.empty() && !splitter->finish(block)) return {};
  const char separator = plan.record_separators ? record_separator : '\n';
  std::string_view rest = block;
  while (!rest.empty()) {
    auto text = rest.substr(0, rest.find(separator));
    rest.remove_prefix(std::min(text.size() + 1, rest.size()));
    if (text.find('{') == text.npos) continue;
    text.remove_prefix(text.find('{'));
    text.remove_suffix(text.size() - text.find_last_not_of(" \t\r\n") - 1);
    return names_of(text, has_features(plan.options.from));
  }
  return {};
}

}  // namespace

std::vector<std::string> notices_of_first_row(const Plan& plan, std::string_view head) {
  const auto names = names_of_first_row(plan, head);
  const PlaceColumnsRequest request{.names = names,
                                    .stated = plan.options.names,
                                    .has_crs = plan.has_crs(),
                                    .has_at = plan.has_at,
                                    .joins_times = false};
  if (!has_features(plan.options.from)) {
    if (auto columns = find_place_columns(request)) return std::move(columns->notices);
  }
  return find_accuracy_and_time(request).notices;
}

std::expected<std::optional<std::string>, evaluation::FieldErrors> reading_of_first_row(const Plan& plan,
                                                                                        std::string_view head) {
  const auto splitter = make_record_splitter(plan);
  const auto reader = make_reader(plan);
  std::string block;
  if (!splitter->take(head.substr(plan.head_bytes), block)) return std::nullopt;
  if (block.empty() && !splitter->finish(block)) return std::nullopt;
  Chunk chunk;
  std::size_t unknown = 0;
  for (std::size_t at = 0; at < block.size() && unknown < most_unknown;) {
    at = reader->read_from(block, at, {.most_rows = 1}, chunk);
    if (!chunk.read_as.empty()) return std::move(chunk.read_as.front().second);
    if (chunk.bad.empty() || std::ranges::none_of(chunk.bad.front().errors, is_unknown_crs)) continue;
    if (plan.has_crs()) return std::unexpected(std::move(chunk.bad.front().errors));
    ++unknown;
  }
  return std::nullopt;
}

}  // namespace kordon::batch
