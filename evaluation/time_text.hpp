#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "evaluation/time_zone.hpp"
#include "policy/instant.hpp"

namespace kordon::evaluation {

/// Zone and format of times that do not state them.
struct TimeReading {
  std::shared_ptr<const TimeZone> zone;  ///< of times without an offset; null: those are errors
  std::string format;                    ///< `%d.%m.%Y %H:%M`, `unix`, `unix_ms`; empty: as below
};

/// Reads a moment as programs write it: date as `2024-06-15`, `2024/06/15`, `20240615` or `15.06.2024`; `T` or blanks;
/// hours and minutes, perhaps seconds with a fraction; an offset as `Z`, `UTC`, `+03:00`, `+0300` or `+03`, perhaps
/// behind a blank. Milliseconds are kept. A date alone, a number of seconds, and days and months in an order that the
/// text does not tell are errors that name the option to state. The error is one sentence.
std::expected<policy::Instant, std::string> read_time_text(std::string_view text, const TimeReading& how = {});

/// A format of these directives: %Y %m %d %H %I %p %M %S %f %z %b and %%, or `unix`, `unix_ms`. Parts that it does not
/// have are the start of the day, or of the minute; year, month and day it must have. The error is one sentence.
std::expected<void, std::string> check_time_format(std::string_view format);

}  // namespace kordon::evaluation
