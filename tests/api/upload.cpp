// Files that come as a page's form or curl -F sends them.
#include "api/http/upload.hpp"

#include <doctest/doctest.h>

#include <string>

#include "tests/api/test_world.hpp"

using namespace kordon;
using api::http::read_upload;

namespace {

constexpr const char* type = "multipart/form-data; boundary=----b0";
const std::string csv = "id,lon,lat\n1,37,50.6\n";

std::string file_part(const std::string& name, const std::string& content_type, const std::string& content) {
  const std::string own = content_type.empty() ? "" : "Content-Type: " + content_type + "\r\n";
  return "------b0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n" + own + "\r\n" +
         content + "\r\n";
}

std::string field_part(const std::string& name, const std::string& value) {
  return "------b0\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

const std::string end = "------b0--\r\n";

std::string code_of(const std::string& body, const char* content_type = type) {
  const auto upload = read_upload(content_type, body);
  return upload ? "" : std::string(evaluation::row_of(upload.error().front().code).name);
}

}  // namespace

TEST_CASE("a file of a form is answered as it is by itself, by its type or its name") {
  const auto plain = test::post(csv, "text/csv");
  REQUIRE(plain.status == 200);
  for (const auto& [name, own] : {std::pair("a.csv", "text/csv"),
                                  {"a.csv", "application/octet-stream"},
                                  {"A.CSV", ""},
                                  {"a.csv", "application/vnd.ms-excel"}}) {
    CAPTURE(name);
    const auto answer = test::post(file_part(name, own, csv) + end, type);
    CHECK(answer.status == 200);
    CHECK(answer.body == plain.body);
    CHECK(answer.content_type == "text/csv");
  }
  const std::string lines = "{\"lon\":37,\"lat\":50.6}\n";
  CHECK(test::post(file_part("a.ndjson", "", lines) + end, type).body ==
        test::post(lines, "application/x-ndjson").body);
  CHECK(test::post("preamble\r\n" + file_part("a.csv", "", csv) + end + "epilogue", type).body == plain.body);
  const auto quoted = "multipart/form-data; boundary=\"----b0\"";
  CHECK(test::post(file_part("a.csv", "", csv) + end, quoted).body == plain.body);
}

TEST_CASE("the form's other fields hold for all rows") {
  const std::string map = "x,y\n7329289.81,5609979.5\n";
  const auto answer = test::post(field_part("crs", "EPSG:28407") + file_part("a.csv", "", map) + end, type);
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.body.contains("out_of_range"));
  CHECK(test::post(field_part("nothing", "1") + file_part("a.csv", "", csv) + end, type).status == 400);
}

TEST_CASE("what is no form of one file is refused") {
  CHECK(code_of(file_part("a.csv", "", csv) + end) == "");
  CHECK(code_of(file_part("a.csv", "", csv) + end, "multipart/form-data") == "unsupported_media_type");
  CHECK(code_of(file_part("a.csv", "", csv) + end, "multipart/form-data; boundary=other") == "bad_http");
  CHECK(code_of(file_part("a.csv", "", csv)) == "bad_http");
  CHECK(code_of("------b0\r\n\r\n" + end) == "bad_http");
  CHECK(code_of("------b0--\r\n") == "missing");
  CHECK(code_of(field_part("at", "2024-06-15T00:00:00Z") + end) == "missing");
  CHECK(code_of(file_part("a.csv", "", csv) + file_part("b.csv", "", csv) + end) == "duplicate");
  CHECK(code_of(file_part("a.docx", "application/octet-stream", "x") + end) == "unsupported_media_type");
  CHECK(code_of("") == "bad_http");
  CHECK(test::post("x", "multipart/mixed; boundary=a").status == 415);
}
