#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "geo/load_atlas.hpp"

namespace kordon::config {

/// Where the server listens.
struct Endpoint {
  std::string address;     ///< IPv4 or IPv6 literal, without brackets
  std::uint16_t port = 0;  ///< 0: any free port
};

/// Reads `127.0.0.1:8080` or `[::1]:8080`; the error is one sentence.
std::expected<Endpoint, std::string> parse_endpoint(std::string_view text);

/// What one request may cost.
struct Limits {
  std::size_t body_bytes = 64U << 20U;
  std::size_t header_bytes = 16U << 10U;
  std::size_t batch_rows = 1'000'000;
};

struct Timeouts {
  std::chrono::milliseconds read{15'000};      ///< `read_ms`: to receive a request once it has begun
  std::chrono::milliseconds write{60'000};     ///< `write_ms`: to send one piece of an answer
  std::chrono::milliseconds idle{75'000};      ///< `idle_ms`: a kept-alive connection between requests
  std::chrono::milliseconds shutdown{10'000};  ///< `shutdown_ms`: requests under way when asked to stop
};

struct ServerConfig {
  std::string public_url;  ///< where clients find the service, without a slash at the end; empty: by each Host field
  Endpoint listen{"127.0.0.1", 8080};
  unsigned threads = 0;  ///< 0: one for each core
  Limits limits;
  Timeouts timeouts;
};

/// kordon.json, checked. Paths are resolved against the file that names them.
struct Config {
  std::filesystem::path file;
  std::vector<geo::LayerSource> layers;
  geo::BorderAccuracy border_accuracy_m;
  std::string border_accuracy_note;  ///< what the figures are
  std::vector<std::filesystem::path> policies;
  ServerConfig server;
};

/// Reads kordon.json (kordon.schema.json states its form) and checks that every file it names exists and that layer
/// ids are distinct. Every fault is appended, each with file and key path; after one the result is not whole.
Config read_config(const std::filesystem::path& file, Faults& faults);

}  // namespace kordon::config
