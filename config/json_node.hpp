#pragma once

#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/json.hpp"

namespace kordon::config {

struct Range {
  double min = 0;
  double max = std::numeric_limits<double>::max();
};

class Node;

/// Stands for a number that could not be read: no comparison with it holds, so one mistake stays one fault.
inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The members of a JSON object, their names already checked. A member that is absent or of another type than asked
/// for reads as `fallback`, and the fault is noted once.
class Members {
 public:
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key, const std::string& fallback = {}) const;
  [[nodiscard]] double number(std::string_view key, Range range, double fallback = not_a_number) const;
  [[nodiscard]] std::size_t count(std::string_view key, Range range, std::size_t fallback) const;
  [[nodiscard]] bool flag(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  /// Empty if absent; a fault if there, but with fewer than `min`.
  [[nodiscard]] std::vector<Node> items(std::string_view key, std::size_t min = 0) const;

 private:
  friend class Node;
  std::vector<std::pair<std::string, Node>> members_;
};

/// A JSON value with where it stands, so that every fault found in it can name its file and key path.
/// Reading goes on after a fault. Must not outlive the Json and the Faults.
class Node {
 public:
  Node(const Json& json, std::string file, Faults& faults) : json_(&json), file_(std::move(file)), faults_(&faults) {}

  void fault(std::string message) const;

  [[nodiscard]] bool is_array() const;
  [[nodiscard]] std::optional<std::string> text() const;  ///< not empty
  [[nodiscard]] std::optional<double> number(Range range) const;
  [[nodiscard]] std::optional<bool> flag() const;
  [[nodiscard]] std::vector<Node> items(std::size_t min = 0) const;
  /// All members of an object, whatever their names.
  [[nodiscard]] std::vector<std::pair<std::string, Node>> entries() const;
  /// The members of an object that must have all of `required`, may have `optional`, and nothing else.
  [[nodiscard]] Members members(std::initializer_list<std::string_view> required,
                                std::initializer_list<std::string_view> optional = {}) const;
  /// The only member of an object that must have exactly one of these; nothing after a fault.
  [[nodiscard]] std::optional<std::pair<std::string, Node>> only_member(
      std::initializer_list<std::string_view> known) const;

 private:
  template <typename T>
  const T* as(std::string_view expected) const;
  [[nodiscard]] Node child(const Json& json, std::string_view key) const;

  const Json* json_;
  std::string file_;
  std::string pointer_;  ///< RFC 6901
  Faults* faults_;
};

}  // namespace kordon::config
