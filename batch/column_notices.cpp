#include "batch/column_notices.hpp"

#include <fmt/format.h>

namespace kordon::batch {

std::string quoted_names(std::span<const std::size_t> columns, std::span<const std::string> names) {
  std::string text;
  for (const auto column : columns) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", names[column]);
  return text;
}

std::optional<std::string> unused_notice(const UnusedColumns& unused, std::span<const std::string> names) {
  if (unused.columns.empty()) return std::nullopt;
  const bool several = unused.columns.size() > 1;
  return fmt::format("the column{} {} look{} like {} and {} not used; if {} {}, state it ({})", several ? "s" : "",
                     quoted_names(unused.columns, names), several ? "" : "s", unused.what, several ? "are" : "is",
                     several ? "one is" : "it is", unused.meaning, unused.option);
}

std::string other_places_notice(std::span<const std::size_t> used, std::span<const std::size_t> others,
                                std::span<const std::string> names) {
  const auto from =
      used.size() == 2 ? fmt::format("`{}` and `{}`", names[used[0]], names[used[1]]) : quoted_names(used, names);
  return fmt::format("positions are read from {}, not from {}", from, quoted_names(others, names));
}

}  // namespace kordon::batch
