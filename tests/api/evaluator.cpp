#include "evaluation/evaluator.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "api/endpoints.hpp"
#include "tests/api/test_world.hpp"

using namespace kordon;
using namespace std::chrono_literals;

namespace {

kordon::api::http::Request get_at(const std::string& target, kordon::policy::Instant now) {
  return {.method = "GET", .target = target, .accept = {}, .content_type = {}, .body = {}, .received = now};
}

/// Members in any order, good ones and bad ones; times before, at and after the policy's change_times.
std::string random_target(std::mt19937& random) {
  const auto one_of = [&](std::vector<std::string> texts) { return texts[random() % texts.size()]; };
  const auto fraction = [&] { return static_cast<double>(random() % 1000) / 1000; };
  std::vector<std::string> members{fmt::format("lon={}", 35 + 4 * fraction()),
                                   fmt::format("lat={}", 48 + 5 * fraction())};
  const std::vector<std::string> others{
      one_of({"at=2024-05-29T23:59:59.999Z", "at=2024-05-30T00:00:00Z", "at=2024-05-30T03:00:00+03:00",
              "at=2024-05-31T00:00:00Z", "at=2024-05-31T00:00:00.001Z", "at=2030-01-01T00:00:00Z", "at=today", "at="}),
      one_of({"activity=fire", "activity=fly", "activity=swim", "activity=fire%0Apolicy=test"}),
      one_of({"policy=test", "policy=other"}),
      fmt::format("depth_km={}", random() % 400),
      one_of({"accuracy_m=50", "accuracy_m=-1"}),
      one_of({"id=1", "depth=5", "parameters=5"})};
  for (const auto& other : others) {
    if (random() % 3 == 0) members.push_back(other);
  }
  std::ranges::shuffle(members, random);
  return fmt::format("/v1/evaluate?{}", fmt::join(members, "&"));
}

}  // namespace

TEST_CASE("oracle: what was asked before changes no answer") {
  const auto world = kordon::test::small_world();
  kordon::evaluation::Evaluator evaluator(*world);
  std::mt19937 random(3);
  unsigned good = 0;
  for (int i = 0; i < 5'000; ++i) {
    const auto target = random_target(random);
    // Requests that state no time are asked for the time they come at.
    const auto now = *kordon::policy::parse_instant("2024-05-30T00:00:00Z") + std::chrono::hours(random() % 72) - 24h;
    const auto remembered = kordon::api::answer(evaluator, get_at(target, now));
    const auto fresh = kordon::api::answer(*world, get_at(target, now));
    CAPTURE(target);
    REQUIRE(remembered.status == fresh.status);
    REQUIRE(remembered.body == fresh.body);
    REQUIRE(remembered.headers == fresh.headers);
    if (fresh.status == 200) ++good;
  }
  CHECK(good > 1'000);
}

TEST_CASE("queries are kept for all times between two changes, and forgotten when there are too many") {
  const auto world = kordon::test::small_world();
  kordon::evaluation::Evaluator evaluator(*world);
  const auto find = [&](const std::string& at, const std::string& depth_km) {
    return evaluator.find({{"lon", kordon::evaluation::Untyped{"37"}},
                           {"at", kordon::evaluation::Untyped{at}},
                           {"depth_km", kordon::evaluation::Untyped{depth_km}}},
                          {});
  };
  const auto learn = [&](const std::string& at, const std::string& depth_km) {
    const kordon::evaluation::Members members{{"at", kordon::evaluation::Untyped{at}},
                                              {"depth_km", kordon::evaluation::Untyped{depth_km}}};
    CHECK_FALSE(evaluator.find(members, {}));
    return evaluator.learn(kordon::evaluation::compile_query(*world, members, {}).value());
  };

  const auto learnt = learn("2024-06-01T00:00:00Z", "60");
  const auto later = find("2024-07-01T00:00:00Z", "60");
  REQUIRE(later);
  CHECK(later->prepared == learnt.prepared);
  CHECK(kordon::policy::to_text(later->at) == "2024-07-01T00:00:00Z");
  CHECK_FALSE(find("2024-05-31T00:00:00Z", "60"));
  CHECK_FALSE(find("2024-06-01T00:00:00Z", "61"));
  for (int depth_km = 1; depth_km <= 300; ++depth_km) {
    if (depth_km != 60) learn("2024-06-01T00:00:00Z", std::to_string(depth_km));
  }
  CHECK_FALSE(find("2024-06-01T00:00:00Z", "60"));
  CHECK(find("2024-06-01T00:00:00Z", "300"));
}
