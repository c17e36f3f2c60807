#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::evaluation {

/// Name of a value in an error: its key, `parameters.depth_km` inside `parameters`.
std::string where_of(const Member& member);

/// Reads typed values out of members and notes each error, so that all are told at once.
class Fields {
 public:
  explicit Fields(const Members& members) : members_(members) {}

  /// The member with this key outside `parameters`, or null; one whose value is Null counts as not given.
  [[nodiscard]] const Member* find(std::string_view key) const;

  /// A finite number: nothing if the key is not there, and nothing with an error noted if it is no number.
  std::optional<double> number(std::string_view key);
  std::optional<double> number(const Member& member);

  /// A text that is not empty; nothing as for a number.
  std::optional<std::string> text(std::string_view key);

  void add_error(std::string where, Code code, std::string message);

  [[nodiscard]] bool good() const { return errors_.empty(); }
  FieldErrors take_errors() { return std::move(errors_); }

 private:
  const Members& members_;
  FieldErrors errors_;
};

}  // namespace kordon::evaluation
