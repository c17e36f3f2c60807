#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "batch/json_scanner.hpp"
#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"

namespace kordon::batch {

/// Members of a row by role.
struct FoundMembers {
  std::array<const JsonMember*, static_cast<std::size_t>(Role::answer) + 1> chosen{};
  std::array<std::size_t, static_cast<std::size_t>(Role::answer) + 1> rank{};
  std::vector<std::pair<const RowKey*, const JsonMember*>> query;
  const JsonMember* x = nullptr;  ///< not among the chosen: it goes with y alone
  const JsonMember* y = nullptr;
  evaluation::FieldErrors errors;

  [[nodiscard]] const JsonMember* at(Role role) const { return chosen[static_cast<std::size_t>(role)]; }
  void set(Role role, const JsonMember* member) { chosen[static_cast<std::size_t>(role)] = member; }
  [[nodiscard]] std::optional<double> number(Role role) const {
    const auto* member = at(role);
    return member != nullptr && member->kind == JsonKind::number ? std::optional(member->number) : std::nullopt;
  }
  /// Whether the place stands in a member that is named after cells of H3, which rows may have beside another place.
  [[nodiscard]] bool has_cell() const {
    return at(Role::position) != nullptr && rank[static_cast<std::size_t>(Role::position)] > 0;
  }
  /// Two coordinates, or a text that says where.
  [[nodiscard]] bool has_place() const {
    const auto* position = at(Role::position);
    const bool is_text = position != nullptr && position->kind == JsonKind::string && !has_cell();
    return is_text || at(Role::lon) != nullptr || at(Role::lat) != nullptr || at(Role::x) != nullptr;
  }

  /// Adds a member; of several for one role the one of the best rank counts, and two of the same are an error.
  void take(const RowKey& key, const JsonMember& member);

  /// Behind all of them: longitude and latitude come from one pair, x and y where there are no degrees, and first in a
  /// reference system. They hold where a member that is named after cells stands beside them.
  void choose_pair(bool in_crs);

  /// An id is copied beside each answer.
  void refuse_composite_id();

  void clear() {
    chosen = {};
    x = y = nullptr;
    query.clear();
    errors.clear();
  }
};

}  // namespace kordon::batch
