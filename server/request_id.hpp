#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string_view>

namespace kordon::server {

/// A short text that owns its characters and never allocates.
template <std::size_t capacity>
struct FixedText {
  std::array<char, capacity> characters;
  std::size_t size = 0;

  [[nodiscard]] std::string_view view() const { return {characters.data(), size}; }
};

/// A request's name in logs and answers.
using RequestId = FixedText<128>;

/// `00-<trace id>-<parent id>-<flags>` (W3C Trace Context, level 1), or empty.
using TraceParent = FixedText<55>;

/// Sixteen hexadecimal digits, never all zero, different each time.
class IdSource {
 public:
  FixedText<16> make();

 private:
  std::mt19937_64 random_{std::random_device{}()};
};

/// Request id: the client's, if it is 1 to 128 letters, digits, `-`, `_` or `.`; else an own one.
RequestId choose_request_id(std::string_view given, IdSource& ids);

/// This hop's own: the trace and flags of the request's field, and a parent id of our own. A faulty field is none.
TraceParent follow_trace(std::string_view field, IdSource& ids);

/// The 32 hexadecimal digits, or empty.
std::string_view trace_id(const TraceParent& parent);

}  // namespace kordon::server
