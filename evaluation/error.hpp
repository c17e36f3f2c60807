#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kordon::evaluation {

/// Codes of all errors that a request can have. One line each in error.cpp: HTTP status, wire name, title.
enum class Code {
  invalid_request,
  missing,
  wrong_type,
  not_a_number,
  out_of_range,
  coordinates_swapped,
  bad_position,
  bad_time,
  bad_box,
  bad_json,
  bad_encoding,
  bad_csv,
  wrong_columns,
  bad_geometry,
  unknown_crs,
  duplicate,
  conflict,
  unknown_key,
  unknown_activity,
  unknown_policy,
  unknown_parameter,
  too_many_items,
  row_too_long,
  too_detailed,
  bad_http,
  unexpected_body,
  unauthorized,
  not_found,
  method_not_allowed,
  not_acceptable,
  request_timeout,
  body_too_large,
  url_too_long,
  misdirected,
  unsupported_media_type,
  too_many_requests,
  headers_too_large,
  internal,
  overloaded,
  http_version_not_supported,
  count,
};

struct ErrorRow {
  Code code;
  int status;
  std::string_view name;   ///< on the wire; never changes once published
  std::string_view title;  ///< for people; the same for every occurrence
};

const ErrorRow& row_of(Code code);

/// One error of one request.
struct FieldError {
  std::string where;  ///< query key, JSON member or header: `lat`, `items[3].at`, `Content-Type`
  Code code;
  std::string message;  ///< what was found and what was expected, one sentence
};

using FieldErrors = std::vector<FieldError>;

/// So many of one request or row are told: a short text can have very many.
inline constexpr std::size_t most_errors = 100;

}  // namespace kordon::evaluation
