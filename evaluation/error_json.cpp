#include "evaluation/error_json.hpp"

#include <algorithm>

namespace kordon::evaluation {
namespace {

constexpr std::size_t max_listed = 100;

}  // namespace

void write_errors(text::JsonWriter& out, const FieldErrors& errors) {
  out.begin_array();
  for (std::size_t i = 0; i < std::min(errors.size(), max_listed); ++i) {
    out.begin_object();
    out.key("where").text(errors[i].where);
    out.key("code").text(row_of(errors[i].code).name);
    out.key("message").text(errors[i].message);
    out.end_object();
  }
  out.end_array();
}

void write_item_error(text::JsonWriter& out, const FieldErrors& errors) {
  out.key("error").begin_object();
  out.key("code").text(row_of(errors[0].code).name);
  out.key("message").text(errors[0].message);
  out.key("errors");
  write_errors(out, errors);
  out.end_object();
}

}  // namespace kordon::evaluation
