#include "text/ascii.hpp"

#include <doctest/doctest.h>

using namespace kordon::text;

TEST_CASE("letters of ASCII alone have two cases") {
  CHECK(lowered("AZaz@[`{09\xc3\x84") == "azaz@[`{09\xc3\x84");
  CHECK(uppered("AZaz@[`{09\xc3\xa4") == "AZAZ@[`{09\xc3\xa4");
  CHECK(equal_in_any_case("Content-Type", "content-tYPE"));
  CHECK_FALSE(equal_in_any_case("a", "ab"));
  CHECK_FALSE(equal_in_any_case("@", "`"));
}

TEST_CASE("blanks at both ends go, those between stay") {
  CHECK(trimmed(" \t a b \r\n") == "a b");
  CHECK(trimmed("a") == "a");
  CHECK(trimmed(" \n ").empty());
  CHECK(trimmed("").empty());
  CHECK(trimmed("\r\na\n", "\n") == "\r\na");
}
