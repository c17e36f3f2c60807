#pragma once

#include <string>
#include <string_view>

namespace kordon::text {

/// What the inside of a JSON string says, without its quotes; half a surrogate pair becomes U+FFFD.
std::string unescaped(std::string_view inside);

}  // namespace kordon::text
