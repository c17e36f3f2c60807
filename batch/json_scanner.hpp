#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "evaluation/error.hpp"

namespace kordon::batch {

enum class JsonKind : std::uint8_t { null, boolean, number, string, composite };

/// A member of an object: views into its text, and its value.
struct JsonMember {
  std::string_view name;  ///< as written, without its quotes
  std::string_view text;  ///< the value as written
  JsonKind kind = JsonKind::null;
  double number = 0;        ///< infinite where it is too large for a double
  std::string_view string;  ///< without quotes and escapes; lives until the scanner's next text
};

/// Takes JSON objects apart, one after the other. All of them is checked, unused members, too.
class JsonScanner {
 public:
  /// Bytes behind the end of a text that must be readable.
  static constexpr std::size_t padding = 64;

  JsonScanner();
  JsonScanner(const JsonScanner&) = delete;
  JsonScanner& operator=(const JsonScanner&) = delete;
  ~JsonScanner();

  /// Fills `members` from a text that is one object; else gives the error: no JSON, not UTF-8, no object.
  std::optional<evaluation::FieldError> scan(std::string_view text, std::vector<JsonMember>& members);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kordon::batch
