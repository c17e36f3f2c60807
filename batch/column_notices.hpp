#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::batch {

/// Columns that look meant and are not used.
struct UnusedColumns {
  std::string_view what;     ///< they look like: `an accuracy`
  std::string_view option;   ///< that uses one
  std::string_view meaning;  ///< that one must have
  const std::vector<std::size_t>& columns;
};

inline constexpr std::string_view meaning_of_accuracy = "metres that hold the true place with 95 %";
inline constexpr std::string_view meaning_of_time = "the time that each row is asked for";

/// Names of columns in marks of code, with commas between.
std::string quoted_names(std::span<const std::size_t> columns, std::span<const std::string> names);

/// One sentence with the option that uses them; nothing: there are none.
std::optional<std::string> unused_notice(const UnusedColumns& unused, std::span<const std::string> names);

/// From which columns the place is read, and from which others it is not.
std::string other_places_notice(std::span<const std::size_t> used, std::span<const std::size_t> others,
                                std::span<const std::string> names);

}  // namespace kordon::batch
