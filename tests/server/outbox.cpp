#include "server/outbox.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <string>

namespace config = kordon::config;
using kordon::server::Budget;
using kordon::server::Hold;
using kordon::server::Outbox;

namespace {

const std::filesystem::path folder = std::filesystem::temp_directory_path();

config::Limits limits_of(std::size_t held_bytes, std::size_t spool_bytes) {
  config::Limits limits;
  limits.held_bytes = held_bytes;
  limits.spool_bytes = spool_bytes;
  return limits;
}

std::string drained(Outbox& outbox, std::size_t step) {
  std::string all;
  while (!outbox.empty()) {
    const auto front = outbox.front().substr(0, step);
    REQUIRE_FALSE(front.empty());
    all += front;
    outbox.take(front.size());
  }
  return all;
}

}  // namespace

TEST_CASE("what is added comes out in its order, whatever was moved to disk meanwhile") {
  std::mt19937 random(11);
  const auto below = [&](std::size_t n) { return random() % n; };
  Budget budget(limits_of(1U << 30U, 1U << 30U));
  for (int round = 0; round < 100; ++round) {
    std::string expected;
    std::string seen;
    {
      Outbox outbox(budget, folder, 1U << 30U);
      for (int step = 0; step < 60; ++step) {
        std::string text(below(3) == 0 ? below(400'000) : below(200), static_cast<char>('a' + below(26)));
        switch (below(6)) {
          case 0:
            expected += text;
            outbox.add(std::move(text));
            break;
          case 1:
            expected += text;
            outbox.add(std::make_shared<const kordon::server::SharedBody>(budget, std::move(text)));
            break;
          case 2:
            CHECK(outbox.spill(below(2) == 0));
            break;
          case 3: {
            const auto front = outbox.front();
            const auto bytes = below(front.size() + 1);
            seen += front.substr(0, bytes);
            outbox.take(bytes);
            break;
          }
          default:
            expected += text;
            outbox.text() += text;
        }
        outbox.count();
      }
      seen += drained(outbox, 1 + below(300'000));
      CHECK(outbox.waiting_bytes() == 0);
      outbox.count();
      CHECK(budget.held(Hold::spooled) == 0);
    }
    REQUIRE(seen == expected);
    CHECK(budget.in_memory() == 0);
    CHECK(budget.held(Hold::spooled) == 0);
  }
}

TEST_CASE("bytes are counted where they are, and given back with the outbox") {
  Budget budget(limits_of(1U << 20U, 1U << 20U));
  {
    Outbox outbox(budget, folder, 1U << 20U);
    outbox.text() = std::string(100'000, 'x');
    outbox.count();
    CHECK(budget.held(Hold::waiting) == 100'000);
    REQUIRE(outbox.spill());
    CHECK(budget.held(Hold::waiting) == 0);
    CHECK(budget.held(Hold::spooled) == 100'000);
  }
  CHECK(budget.held(Hold::spooled) == 0);
}

TEST_CASE("past either bound nothing goes to disk, and nothing is lost") {
  for (const auto& [one, all] : {std::pair{1000U, 1U << 20U}, std::pair{1U << 20U, 1000U}}) {
    Budget budget(limits_of(1U << 20U, all));
    Outbox outbox(budget, folder, one);
    outbox.text() = std::string(900, 'x');
    CHECK(outbox.spill());
    outbox.text() = std::string(101, 'y');
    CHECK_FALSE(outbox.spill());
    CHECK(drained(outbox, 50) == std::string(900, 'x') + std::string(101, 'y'));
    outbox.text() = std::string(1000, 'z');
    CHECK(outbox.spill());
  }
}

TEST_CASE("without a folder nothing goes to disk, and nothing is lost") {
  Budget budget(limits_of(1U << 20U, 1U << 20U));
  const std::filesystem::path nowhere = "/nowhere/at/all";
  Outbox outbox(budget, nowhere, 1U << 20U);
  outbox.text() = "text";
  CHECK_FALSE(outbox.spill());
  CHECK(drained(outbox, 3) == "text");
}
