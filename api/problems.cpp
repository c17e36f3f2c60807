#include "api/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "api/http/page_policy.hpp"
#include "api/http/problem.hpp"
#include "evaluation/error.hpp"
#include "text/json_writer.hpp"

namespace kordon::embedded {
extern const std::string_view problems;
}

namespace kordon::api {
namespace {

struct Documented {
  const evaluation::ErrorRow& row;
  std::string_view text;  ///< Markdown that needs no more than its backquotes read
};

/// The text below `## name`, up to the next heading.
std::string_view section_of(std::string_view name) {
  const auto heading = fmt::format("\n## {}\n\n", name);
  const auto found = embedded::problems.find(heading);
  if (found == std::string_view::npos) return {};
  const auto rest = embedded::problems.substr(found + heading.size());
  const auto text = rest.substr(0, rest.find("\n\n## "));
  return text.substr(0, text.find_last_not_of('\n') + 1);
}

std::optional<Documented> find_problem(std::string_view name) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(evaluation::Code::count); ++i) {
    const auto& row = evaluation::row_of(static_cast<evaluation::Code>(i));
    if (row.name == name) return Documented{row, section_of(name)};
  }
  return std::nullopt;
}

std::string html_of(std::string_view text) {
  std::string html;
  bool code = false;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '`':
        html += code ? "</code>" : "<code>";
        code = !code;
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string page_of(const Documented& problem) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<h1>{1}</h1>\n"
      "<p><code>{0}</code>, HTTP status {2}</p>\n<p>{3}</p>\n</html>\n",
      problem.row.name, problem.row.title, problem.row.status, html_of(problem.text));
}

void write_problem(text::JsonWriter& out, const Documented& problem) {
  out.begin_object().key("code").text(problem.row.name).key("status").integer(problem.row.status);
  out.key("title").text(problem.row.title).key("description").text(problem.text).end_object();
}

}  // namespace

http::Response get_problems(const http::Call& call) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  http::Response response;
  text::JsonWriter out(response.body);
  out.begin_object().key("problems").begin_array();
  for (std::size_t i = 0; i < static_cast<std::size_t>(evaluation::Code::count); ++i) {
    const auto& row = evaluation::row_of(static_cast<evaluation::Code>(i));
    write_problem(out, {row, section_of(row.name)});
  }
  out.end_array().end_object();
  return response;
}

http::Response get_problem(const http::Call& call) {
  if (auto refused = http::parameters_refused(call.query)) return std::move(*refused);
  const auto problem_asked = find_problem(call.id);
  if (!problem_asked)
    return http::problem({{"id", evaluation::Code::not_found, "no problem has this code; /problems lists them"}});
  if (call.media_type == "text/html") {
    http::Response page{.content_type = "text/html; charset=utf-8", .body = page_of(*problem_asked)};
    page.headers.emplace_back("Content-Security-Policy", http::page_policy(page.body));
    return page;
  }
  http::Response response;
  text::JsonWriter out(response.body);
  write_problem(out, *problem_asked);
  return response;
}

}  // namespace kordon::api
