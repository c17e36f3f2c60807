#include "evaluation/error.hpp"

#include <array>
#include <cstddef>

namespace kordon::evaluation {
namespace {

constexpr std::array rows{
    ErrorRow{Code::invalid_request, 400, "invalid_request", "The request has faults"},
    ErrorRow{Code::missing, 400, "missing", "A required value is missing"},
    ErrorRow{Code::wrong_type, 400, "wrong_type", "A value has the wrong type"},
    ErrorRow{Code::not_a_number, 400, "not_a_number", "A value is not a finite number"},
    ErrorRow{Code::out_of_range, 400, "out_of_range", "A value is outside its range"},
    ErrorRow{Code::coordinates_swapped, 400, "coordinates_swapped", "Longitude and latitude are swapped"},
    ErrorRow{Code::bad_position, 400, "bad_position", "A position text cannot be read"},
    ErrorRow{Code::bad_time, 400, "bad_time", "A time is not RFC 3339"},
    ErrorRow{Code::bad_box, 400, "bad_box", "A bounding box cannot be read"},
    ErrorRow{Code::bad_json, 400, "bad_json", "The body is not valid JSON"},
    ErrorRow{Code::bad_encoding, 400, "bad_encoding", "A percent escape or UTF-8 sequence is broken"},
    ErrorRow{Code::bad_csv, 400, "bad_csv", "A row is not valid CSV"},
    ErrorRow{Code::wrong_columns, 400, "wrong_columns", "A row has more or fewer cells than the header"},
    ErrorRow{Code::bad_geometry, 400, "bad_geometry", "A geometry cannot be read in one way"},
    ErrorRow{Code::unknown_crs, 400, "unknown_crs", "No such coordinate reference system"},
    ErrorRow{Code::duplicate, 400, "duplicate", "A key is given more than once"},
    ErrorRow{Code::conflict, 400, "conflict", "Two values exclude each other"},
    ErrorRow{Code::unknown_key, 400, "unknown_key", "A key is unknown"},
    ErrorRow{Code::unknown_activity, 400, "unknown_activity", "No such activity"},
    ErrorRow{Code::unknown_policy, 400, "unknown_policy", "No such policy"},
    ErrorRow{Code::unknown_parameter, 400, "unknown_parameter", "No such parameter"},
    ErrorRow{Code::too_many_items, 413, "too_many_items", "The batch has too many items"},
    ErrorRow{Code::row_too_long, 413, "row_too_long", "A row is too long"},
    ErrorRow{Code::too_detailed, 400, "too_detailed", "A shape is too detailed to be drawn or measured"},
    ErrorRow{Code::bad_http, 400, "bad_http", "The message is not valid HTTP/1.1"},
    ErrorRow{Code::unexpected_body, 400, "unexpected_body", "The request has a body that nothing reads"},
    ErrorRow{Code::unauthorized, 401, "unauthorized", "A bearer token is needed"},
    ErrorRow{Code::not_found, 404, "not_found", "No such resource"},
    ErrorRow{Code::method_not_allowed, 405, "method_not_allowed", "The method is not allowed here"},
    ErrorRow{Code::not_acceptable, 406, "not_acceptable", "No acceptable media type"},
    ErrorRow{Code::request_timeout, 408, "request_timeout", "The request took too long to arrive"},
    ErrorRow{Code::body_too_large, 413, "body_too_large", "The body is too large"},
    ErrorRow{Code::url_too_long, 414, "url_too_long", "The URL is too long"},
    ErrorRow{Code::misdirected, 421, "misdirected", "The service does not go by this name"},
    ErrorRow{Code::unsupported_media_type, 415, "unsupported_media_type", "The content type is not supported"},
    ErrorRow{Code::too_many_requests, 429, "too_many_requests", "The client asks too often"},
    ErrorRow{Code::headers_too_large, 431, "headers_too_large", "The header fields are too large"},
    ErrorRow{Code::internal, 500, "internal", "The server failed"},
    ErrorRow{Code::overloaded, 503, "overloaded", "The server is not ready"},
    ErrorRow{Code::http_version_not_supported, 505, "http_version_not_supported", "The HTTP version is not supported"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].code != static_cast<Code>(i)) return false;
  }
  return rows.size() == static_cast<std::size_t>(Code::count);
}
static_assert(in_order(), "one row for each code, in the order of the enumeration");

}  // namespace

const ErrorRow& row_of(Code code) { return rows[static_cast<std::size_t>(code)]; }

}  // namespace kordon::evaluation
