#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kordon::text {

/// Bytes of the well-formed UTF-8 sequence (RFC 3629) at the start of a text, or 0 where there is none.
std::size_t utf8_sequence_length(std::string_view text);

bool is_utf8(std::string_view text);

/// The text as it is, or where it has more bytes than these its beginning, which does not end inside a character, and
/// `...`: for messages that quote what somebody sent.
std::string shortened(std::string_view text, std::size_t most_bytes = 60);

}  // namespace kordon::text
