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

TEST_CASE("the hash of an empty text is refused, and an empty secret is never looked up") {
  const config::test::TempDir dir;
  for (const std::string hash : {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                 "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
                                 "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"}) {
    Faults faults;
    const auto text = std::string(secret_hash) + " alice\n" + hash + " unset\n";
    CHECK(read_tokens(config::test::write(dir, "tokens.txt", text), faults).size() == 1);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].message.contains("kordon token"));
  }
  Token of_nothing;
  of_nothing.sha256 = {0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
                       0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55};
  CHECK(find_token({of_nothing}, "") == nullptr);
}

TEST_CASE("a token that is made is found by its secret alone, and none is made twice") {
  const config::test::TempDir dir;
  const auto made = make_token("alice");
  REQUIRE(made);
  CHECK(made->secret.size() == 64);
  CHECK(made->secret != make_token("alice")->secret);
  CHECK_FALSE(made->line.contains(made->secret));
  Faults faults;
  const auto tokens = read_tokens(config::test::write(dir, "tokens.txt", made->line + "\n"), faults);
  CHECK(faults.empty());
  REQUIRE(find_token(tokens, made->secret));
  CHECK(find_token(tokens, made->secret)->name == "alice");
  for (const auto* bad : {"", "a b", "a\nb", "\xc3\xa9"}) CHECK_FALSE(make_token(bad));
}

TEST_CASE("a token file without a token is a fault") {
  const config::test::TempDir dir;
  Faults faults;
  read_tokens(config::test::write(dir, "tokens.txt", "# nobody\n"), faults);
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].message == "holds no token");
}

}  // namespace kordon::world::test
