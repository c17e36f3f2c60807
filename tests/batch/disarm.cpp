// Cells that a spreadsheet takes for formulas (OWASP, "CSV Injection").
#include "batch/disarm.hpp"

#include <doctest/doctest.h>

using namespace kordon::batch;

namespace {

std::string disarmed(std::string_view records, char delimiter = ',') {
  std::string out;
  std::vector<std::string_view> cells;
  append_disarmed(out, records, delimiter, cells);
  return out;
}

}  // namespace

TEST_CASE("what begins as a formula is one, unless it is a number") {
  for (const auto* yes :
       {"=1+1",     "=cmd|' /C calc'!A0", "+1+1",     "-2+3",      "@SUM(A1)", "\t=1",    "\r=1",    "\n=1", " =1",
        "\u00a0=1", " \u3000+a",          "\ufeff@a", "\uff1d1+1", "\uff0b1",  "\uff0d1", "\uff20a", "-",    "+",
        "-a",       "+49 170 1",          "--1",      "-e5",       "-1e"}) {
    CAPTURE(yes);
    CHECK(is_formula(yes));
  }
  for (const auto* no :
       {"", "a=1", "1", "-5", "+5", "-5.25", "-5,25", "-.5e-3", "+1E+10", " 1", " -5", "'=1", "eligible"}) {
    CAPTURE(no);
    CHECK_FALSE(is_formula(no));
  }
}

TEST_CASE("formulas get an apostrophe in their cell, whatever quotes it has, and all else stays byte for byte") {
  CHECK(disarmed("id,note\n1,=1+1\n") == "id,note\n1,'=1+1\n");
  CHECK(disarmed("=id,\"=HYPERLINK(\"\"x\"\")\"\r\n") == "'=id,\"'=HYPERLINK(\"\"x\"\")\"\r\n");
  CHECK(disarmed("a;-5,2;@b\n", ';') == "a;-5,2;'@b\n");
  CHECK(disarmed("\"=a\nb\",\"c\"\n,,\n") == "\"'=a\nb\",\"c\"\n,,\n");
  CHECK(disarmed("1,x;=1+1\n") == "1,x;'=1+1\n");
  CHECK(disarmed("\"x,=1\";y\n", ';') == "x,'=1;y\n");
  CHECK(disarmed("1,\"x\n=1\"\n") == "1,\"x\n'=1\"\n");
  CHECK(disarmed("1,\"\t=1\"\n") == "1,'\t'=1\n");
  CHECK(disarmed("1,x;-5;y\n") == "1,x;-5;y\n");
  const std::string tame = "id,\"a \"\"b\"\"\", x \r\n1,-2.5,\"c,d\"\r\n";
  CHECK(disarmed(tame) == tame);
}
