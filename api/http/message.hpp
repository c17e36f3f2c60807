#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/server_config.hpp"
#include "evaluation/work.hpp"
#include "policy/instant.hpp"

namespace kordon::api::http {

/// An HTTP request without its socket. The views live as long as the call that they are passed to.
struct Request {
  std::string_view method;        ///< `GET`, as sent; methods are case-sensitive
  std::string_view target;        ///< origin form: `/v1/evaluate?lon=36&lat=50`
  std::string_view accept;        ///< empty: anything
  std::string_view content_type;  ///< empty: not sent
  std::string_view body;
  policy::Instant received{};  ///< what `now` means to this request
  std::string_view host = {};  ///< the Host field: for links to this service
  bool tls = false;            ///< it came over TLS
  std::string_view if_none_match = {};
  bool accepts_gzip = false;
  std::shared_ptr<const std::atomic<bool>> abandoned = {};  ///< true: no one waits for the answer any more
  const config::ServerConfig* settings = nullptr;           ///< of the server that was asked; null: see `settings_of`
  /// States how many bytes of the answer are held while it is made. False: there is no room for them. Empty: there is.
  std::function<bool(std::size_t bytes)> hold = {};
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beyond content type and length
  std::string body = {};
  bool gzip = false;             ///< the body is compressed already
  std::string_view route = "-";  ///< pattern of the endpoint that answered, static storage: for the log
  evaluation::Work work = {};
};

}  // namespace kordon::api::http
