#pragma once

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <string_view>

namespace kordon::test {

/// A row of JSON lines.
inline const std::string row = "{\"lon\":37,\"lat\":50.6}\n";

/// The head of a request whose body is rows, without the field that says its length.
inline std::string stream_head(std::string_view fields, std::string_view version = "HTTP/1.1") {
  return "POST /v1/evaluate " + std::string(version) + "\r\nHost: t\r\nContent-Type: application/x-ndjson\r\n" +
         std::string(fields) + "\r\n";
}

inline std::string chunk(std::string_view body) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", body.size());
  return size.data() + std::string(body) + "\r\n";
}

inline std::size_t lines(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace kordon::test
