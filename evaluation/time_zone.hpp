#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/instant.hpp"

namespace kordon::evaluation {

/// A date and time of day by the clocks of some place.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// Offsets from UTC by time, from the system's zone files (TZif, RFC 8536) or one fixed offset.
class TimeZone {
 public:
  /// `UTC`, `Z`, `+03:00`, `+0300`, `+03`, or an IANA name such as `Europe/Kyiv`. The error is one sentence.
  static std::expected<TimeZone, std::string> named(std::string_view name);

  /// An error for a time of day that clocks skipped or showed twice, and for times behind the last rule of the file.
  [[nodiscard]] std::expected<policy::Instant, std::string> to_utc(LocalTime local) const;

 private:
  struct Change {
    std::int64_t at_s = 0;  ///< since 1970 UTC
    std::int32_t offset_s = 0;
  };

  static std::expected<TimeZone, std::string> read(const std::string& name);
  static std::vector<Change> changes_in(const std::string& bytes);
  [[nodiscard]] std::int32_t offset_at(std::int64_t utc_s) const;

  std::string name_;
  std::vector<Change> changes_;  ///< ascending; the first one's offset holds before it, too
};

/// `+03:00`, `-0330`, `+03`, `Z`, `UTC`, `GMT` in any case.
std::optional<std::chrono::minutes> read_offset_text(std::string_view text);

}  // namespace kordon::evaluation
