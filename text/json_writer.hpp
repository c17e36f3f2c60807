#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kordon::text {

/// Appends compact JSON to a string. The caller keeps the order of calls valid; commas come by themselves.
/// Not-finite numbers become null, broken UTF-8 becomes U+FFFD: what comes out is always JSON.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  JsonWriter& integer(std::int64_t value);
  /// The shortest text that reads back as the same double.
  JsonWriter& number(double value);
  /// Rounded to this many decimals, without trailing zeros; magnitudes from 1e15 as `number`.
  JsonWriter& fixed(double value, int decimals);

  /// Values or members, with the commas between them, that are JSON already.
  JsonWriter& written(std::string_view json) {
    comma();
    out_ += json;
    return *this;
  }
  /// Any part of JSON as it stands, with all commas around it.
  JsonWriter& piece(std::string_view json) {
    out_ += json;
    comma_due_ = false;
    return *this;
  }

  /// The caller has appended a value to the string itself, after a `key`.
  void wrote_value() { comma_due_ = true; }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void comma() {
    if (comma_due_) out_ += ',';
    comma_due_ = true;
  }

  std::string& out_;
  bool comma_due_ = false;
};

}  // namespace kordon::text
