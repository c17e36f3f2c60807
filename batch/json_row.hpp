#pragma once

#include <array>
#include <vector>

#include "batch/json_scanner.hpp"
#include "batch/row_keys.hpp"
#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::batch {

/// A row's members by what they are about.
struct Found {
  std::array<const JsonMember*, static_cast<std::size_t>(Role::answer) + 1> chosen{};
  std::array<std::size_t, static_cast<std::size_t>(Role::answer) + 1> rank{};
  std::vector<std::pair<const RowKey*, const JsonMember*>> terms;
  evaluation::FieldErrors errors;

  [[nodiscard]] const JsonMember* at(Role role) const { return chosen[static_cast<std::size_t>(role)]; }
  void clear() {
    chosen = {};
    terms.clear();
    errors.clear();
  }
};

/// A member's value as a request has it.
evaluation::Value value_of(const JsonMember& member);

}  // namespace kordon::batch
