#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::config {

/// Where the server listens.
struct Endpoint {
  std::string address;     ///< IPv4 or IPv6 literal, without brackets
  std::uint16_t port = 0;  ///< 0: any free port
};

/// Reads `127.0.0.1:8080` or `[::1]:8080`; the error is one sentence.
std::expected<Endpoint, std::string> parse_endpoint(std::string_view text);

/// What one request, one client and all clients together may cost.
struct Limits {
  std::size_t body_bytes = 16U << 20U;    ///< of a request that is answered whole
  std::size_t header_bytes = 16U << 10U;  ///< request line, fields and the blank line after them
  std::size_t batch_rows = 10'000;        ///< of a batch that is no stream
  std::size_t held_bytes = 128U << 20U;   ///< in memory for all clients: received, parsed, waiting to be written
  std::size_t spool_bytes = std::size_t{8} << 30U;         ///< on disk for all clients that do not read yet
  std::size_t stream_spool_bytes = std::size_t{4} << 30U;  ///< the same, of one
  std::chrono::milliseconds turn{2};        ///< what a worker does for one connection before the others have their turn
  std::chrono::milliseconds load{300'000};  ///< for all layers to be read and repaired
  std::size_t load_bytes = std::size_t{8} << 30U;  ///< of address space, for that
  std::size_t stream_bytes = 0;                    ///< of a request that is answered in pieces; 0: no limit
  std::size_t streams = 64;                        ///< at the same time
  std::size_t connections = 8192;
  std::size_t connections_per_address = 1024;
};

struct Timeouts {
  std::chrono::milliseconds header{10'000};    ///< from a request's first byte to the end of its header
  std::chrono::milliseconds body{60'000};      ///< for a whole body; of a stream, for each piece
  std::chrono::milliseconds write{60'000};     ///< for the client to take any part of an answer
  std::chrono::milliseconds idle{75'000};      ///< a kept-alive connection between requests
  std::chrono::milliseconds unready{0};        ///< when asked to stop: told by /readyz before the listener closes
  std::chrono::milliseconds shutdown{10'000};  ///< requests and streams under way when asked to stop
};

/// Which pages of other origins may read answers (the CORS protocol of the Fetch standard).
struct Cors {
  std::vector<std::string> origins;  ///< `https://map.example`, or `*` alone; none: no page may
};

/// A token bucket for each bearer token or, without tokens, for each client address.
struct RateLimit {
  double requests_per_second = 0;  ///< 0: no limit
  double burst = 0;                ///< requests that may come at once
  double rows_per_request = 1;     ///< rows of a batch that count as one request
};

struct Tls {
  std::filesystem::path certificate;  ///< PEM: the server's, then its issuers'
  std::filesystem::path key;          ///< PEM
};

struct ServerConfig {
  std::string public_url;  ///< where clients find the service, without a slash at the end; empty: by each Host field
  Endpoint listen{"127.0.0.1", 8080};
  /// Names that the Host field may give beside the address that is listened on and the host of `public_url`; `*`: any.
  std::vector<std::string> hosts;
  std::optional<Endpoint> admin_listen;  ///< /livez, /readyz and /metrics, here alone where it is given
  unsigned threads = 0;                  ///< 0: `usable_processors`
  bool log_positions = false;            ///< request targets in the log, but never of a request with `DNT: 1`
  Limits limits;
  Timeouts timeouts;
  std::filesystem::path spool_folder = "/var/tmp";  ///< of answers that their client does not read yet
  Cors cors;
  RateLimit rate_limit;
  std::filesystem::path tokens;  ///< a line `<SHA-256 in hex> <name>` for each bearer token; empty: none is asked for
  std::optional<Tls> tls;
};

}  // namespace kordon::config
