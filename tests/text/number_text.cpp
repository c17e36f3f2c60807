#include "text/number_text.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace {

/// What printf says, which rounds the exact binary value, without trailing zeros.
std::string by_printf(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  std::string out = text;
  if (decimals > 0) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out == "-0" ? "0" : out;
}

std::string fixed(double value, int decimals) {
  std::string out;
  kordon::text::append_fixed(out, value, decimals);
  return out;
}

}  // namespace

TEST_CASE("fixed decimals round as printf does, ties and near ties too") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-12, 14.9);
  for (int i = 0; i < 200'000; ++i) {
    double value = std::pow(10, exponent(random)) * (i % 2 ? 1 : -1);
    if (i % 3 == 0) value = std::round(value * 1000) / 1000 + 0.0005;
    if (i % 3 == 1) value = std::nextafter(std::floor(value) + 0.5, value);
    const int decimals = i % 9;
    CHECK_MESSAGE(fixed(value, decimals) == by_printf(value, decimals), value);
  }
}

TEST_CASE("fixed decimals at the edges") {
  CHECK(fixed(0, 3) == "0");
  CHECK(fixed(-0.0, 3) == "0");
  CHECK(fixed(-0.0004, 3) == "0");
  CHECK(fixed(-0.0006, 3) == "-0.001");
  CHECK(fixed(0.0625, 3) == "0.062");
  CHECK(fixed(1234.5, 0) == "1234");
  CHECK(fixed(999.9996, 3) == "1000");
  CHECK(fixed(180, 8) == "180");
  CHECK(fixed(36.00000001, 8) == "36.00000001");
  CHECK(fixed(1e15, 3) == "1e+15");
}

TEST_CASE("a number is read whole or not at all") {
  CHECK(kordon::text::read_number(" +36.5 ") == 36.5);
  CHECK(kordon::text::read_number("-1e2") == -100);
  for (const auto* text : {"", "+", "-", ".", "-.", "..", "1.2.3", "--1", "1-", "+-1", "36,5", "0x10", "3 6", "nan",
                           "inf", "1e999", "36.5°"}) {
    CHECK_FALSE(kordon::text::read_number(text).has_value());
  }
}

TEST_CASE("a number of any digits is the double that is nearest to it") {
  std::mt19937_64 random(20);
  for (int i = 0; i < 300'000; ++i) {
    std::string text(random() % 2, '-');
    const auto digits = 1 + random() % 19;
    const auto point = random() % (digits + 2);
    for (std::size_t k = 0; k < digits; ++k) {
      if (k == point) text += '.';
      text += static_cast<char>('0' + (random() % 4 == 0 ? 0 : random() % 10));
    }
    if (point == digits) text += '.';
    INFO(text);
    const auto read = kordon::text::read_number(text);
    REQUIRE(read.has_value());
    REQUIRE(std::bit_cast<std::uint64_t>(*read) == std::bit_cast<std::uint64_t>(std::strtod(text.c_str(), nullptr)));
  }
  for (const auto* text :
       {"9007199254740993", "9007199254740992", "0.9007199254740993", "-0", "-0.0", "1.", ".5", "-.5"}) {
    CHECK(std::bit_cast<std::uint64_t>(kordon::text::read_number(text).value()) ==
          std::bit_cast<std::uint64_t>(std::strtod(text, nullptr)));
  }
}
