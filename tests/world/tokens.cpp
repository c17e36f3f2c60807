#include "world/tokens.hpp"

#include <doctest/doctest.h>

#include "tests/config/temp_dir.hpp"

namespace kordon::world::test {
namespace {

// printf secret | sha256sum
constexpr std::string_view secret_hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
constexpr std::string_view other_hash = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";  // other

}  // namespace

TEST_CASE("a token is found by its secret") {
  const config::test::TempDir dir;
  Faults faults;
  const auto text = "# team\n\n" + std::string(other_hash) + " bob\n" + std::string(secret_hash) + " alice\n";
  const auto tokens = read_tokens(config::test::write(dir, "tokens.txt", text), faults);
  CHECK(faults.empty());
  REQUIRE(tokens.size() == 2);
  REQUIRE(find_token(tokens, "secret"));
  CHECK(find_token(tokens, "secret")->name == "alice");
  CHECK(find_token(tokens, "other")->name == "bob");
  CHECK_FALSE(find_token(tokens, "Secret"));
  CHECK_FALSE(find_token(tokens, ""));
  CHECK_FALSE(find_token(tokens, secret_hash));
}

TEST_CASE("every bad line of a token file is told") {
  const config::test::TempDir dir;
  Faults faults;
  const std::string hash(secret_hash);
  const auto file =
      config::test::write(dir, "tokens.txt",
                          "secret alice\n" + hash + "\n" + hash.substr(1) + " x\n" + hash + " a b\n" + hash +
                              " alice\n" + std::string(other_hash) + " alice\n" + hash + " carol\n");
  CHECK(read_tokens(file, faults).size() == 1);
  REQUIRE(faults.size() == 6);
  CHECK(faults[0].where == file.string() + ":1");
  CHECK(faults[4].message == "name 'alice' is used twice");
  CHECK(faults[5].message == "the token is given twice");
}

TEST_CASE("a token file without a token is a fault") {
  const config::test::TempDir dir;
  Faults faults;
  read_tokens(config::test::write(dir, "tokens.txt", "# nobody\n"), faults);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].message == "holds no token");
}

}  // namespace kordon::world::test
