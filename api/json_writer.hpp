#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kordon::api {

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

  /// The caller has appended a value to the string itself, after a `key`.
  void wrote_value() { comma_due_ = true; }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void comma();

  std::string& out_;
  bool comma_due_ = false;
};

}  // namespace kordon::api
