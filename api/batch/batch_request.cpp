#include "api/batch/batch_request.hpp"

#include <algorithm>
#include <array>

#include "api/merge.hpp"
#include "policy/wording.hpp"

namespace kordon::api {
namespace {

struct ColumnOption {
  std::string_view key;
  std::vector<std::string> ColumnNames::* names;
};

constexpr std::array column_options{
    ColumnOption{"lon_column", &ColumnNames::lon},
    ColumnOption{"lat_column", &ColumnNames::lat},
    ColumnOption{"position_column", &ColumnNames::position},
    ColumnOption{"accuracy_column", &ColumnNames::accuracy_m},
    ColumnOption{"at_column", &ColumnNames::at},
    ColumnOption{"id_column", &ColumnNames::id},
};

std::string text_of(const Member& member) {
  const auto* untyped = std::get_if<Untyped>(&member.value);
  return untyped ? untyped->text : std::string();
}

/// Whether the member is about how the batch is written; with a fault if it says it wrongly.
bool read_option(const Member& member, BatchOptions& options, FieldErrors& errors) {
  const auto text = text_of(member);
  const auto* const column = std::ranges::find(column_options, member.key, &ColumnOption::key);
  if (column != column_options.end()) {
    options.names.*(column->names) = {text};
    if (text.empty()) errors.push_back({member.key, Code::missing, "expected the name of a column"});
    return true;
  }
  if (member.key == "delimiter") {
    if (text.size() == 1) options.delimiter = text[0];
    if (text.size() != 1 || text == "\"" || text == "\n") {
      errors.push_back({member.key, Code::out_of_range, "expected one character"});
    }
    return true;
  }
  if (member.key != "detail") return false;
  options.full = text == "full";
  if (text != "full" && text != "flat") {
    errors.push_back({member.key, Code::out_of_range, "expected `flat` or `full`"});
  }
  return true;
}

}  // namespace

std::expected<BatchOptions, FieldErrors> read_batch_options(const config::World& world, const Request& head,
                                                            const Members& query) {
  BatchOptions options;
  options.now = head.received;
  FieldErrors errors;
  const auto from = format_of_content_type(head.content_type);
  if (!from) {
    errors.push_back({"Content-Type", Code::unsupported_media_type,
                      "expected application/json, application/geo+json, application/x-ndjson, "
                      "application/geo+json-seq or text/csv, in UTF-8"});
    return std::unexpected(std::move(errors));
  }
  options.from = *from;
  if (const auto to = preferred_format(head.accept, *from)) {
    options.to = *to;
  } else {
    errors.push_back({"Accept", Code::not_acceptable,
                      "expected one of application/json, application/geo+json, application/x-ndjson, "
                      "application/geo+json-seq, text/csv"});
  }
  for (const Member& member : query) {
    if (!read_option(member, options, errors)) options.shared.push_back(member);
  }
  if (options.full && options.to != Format::json && options.to != Format::ndjson) {
    errors.push_back({"detail", Code::conflict, "expected `full` with application/json or application/x-ndjson alone"});
  }
  std::ranges::move(shared_errors(world, options.shared), std::back_inserter(errors));
  const auto terms = read_terms(world, options.shared, options.now);
  if (!terms) std::ranges::copy(terms.error(), std::back_inserter(errors));
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return options;
}

std::vector<std::string> notices_of(const Terms& terms) {
  std::vector<std::string> notices;
  const auto add = [&](const std::string& notice) {
    if (std::ranges::find(notices, notice) == notices.end()) notices.push_back(notice);
  };
  const auto& program = terms.programs.front();
  add(program.policy->disclaimer);
  for (const auto& warning : policy::warnings_of(program)) add(warning);
  return notices;
}

}  // namespace kordon::api
