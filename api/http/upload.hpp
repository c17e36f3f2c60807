#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "evaluation/error.hpp"
#include "evaluation/member.hpp"

namespace kordon::api::http {

/// Whether a `Content-Type` says `multipart/form-data`, as of a page's form or `curl -F`.
bool is_upload(std::string_view content_type);

/// The one file of a form (RFC 7578), as if it had been sent by itself.
struct Upload {
  std::string content_type;     ///< the part's own where a batch can have it, else by the file's name
  std::string_view content;     ///< of the body
  evaluation::Members members;  ///< the form's other fields: `crs`, `at`, ...
};

/// Errors: no boundary, a body that does not follow it, no file or several, one of a format that no batch has. The part
/// that is the file has a `filename`.
std::expected<Upload, evaluation::FieldErrors> read_upload(std::string_view content_type, std::string_view body);

}  // namespace kordon::api::http
