#include "policy/evaluate_columns.hpp"

#include <doctest/doctest.h>

#include <bit>

#include "policy/values.hpp"
#include "tests/policy/plane.hpp"

namespace kordon::policy::test {
namespace {

/// The rows of some random points over a random plane under a random policy.
struct Table {
  Plane plane;
  Policy policy;
  Program program;
  std::vector<std::vector<double>> rows;     ///< signed distances of each point
  std::vector<std::vector<double>> columns;  ///< the same by target
  std::vector<double> position_accuracy_m;

  Table(unsigned seed, std::size_t count) {
    Random random(seed);
    plane = random_plane(random);
    policy = random_policy(random, plane);
    program = compile(policy, 0, {}, choose_values(policy, {}).value());
    columns.resize(plane.shapes.size());
    for (std::size_t i = 0; i < count; ++i) {
      rows.push_back(plane.signed_m(random_point(random)));
      for (std::size_t target = 0; target < columns.size(); ++target) columns[target].push_back(rows[i][target]);
      position_accuracy_m.push_back(i % 3 == 0 ? 0 : between(random, 0, 500));
    }
  }
  Table(const Table&) = delete;  // the program points to the policy
  Table& operator=(const Table&) = delete;
  ~Table() = default;

  [[nodiscard]] MeasuredColumns measured() const {
    return {rows.size(), {columns.begin(), columns.end()}, plane.accuracy_m, position_accuracy_m};
  }
};

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }

}  // namespace

TEST_CASE("columns say what each row says by itself, to the last bit") {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    const Table table(seed, seed % 50 == 0 ? 200 : seed % 20);
    const auto size = table.rows.size();
    std::vector<Verdict> verdict(size);
    std::vector<double> margin_m(size);
    std::vector<double> lo_m(size);
    std::vector<double> hi_m(size);
    std::vector<std::uint32_t> clause(size);
    evaluate(table.program, table.measured(), {verdict, margin_m, lo_m, hi_m, clause});
    for (std::size_t i = 0; i < size; ++i) {
      const auto alone = evaluate(table.program, {table.rows[i], table.plane.accuracy_m, table.position_accuracy_m[i]});
      CAPTURE(seed);
      CAPTURE(i);
      CHECK(verdict[i] == alone.verdict);
      CHECK(same_bits(margin_m[i], alone.margin_m));
      CHECK(same_bits(lo_m[i], alone.margin_lo_m));
      CHECK(same_bits(hi_m[i], alone.margin_hi_m));
      CHECK(clause[i] == alone.clause);
    }
  }
}

TEST_CASE("only the columns that are asked for are written, and no accuracies mean perfectly known positions") {
  const Table table(7, 13);
  auto measured = table.measured();
  measured.position_accuracy_m = {};
  std::vector<Verdict> verdict(13);
  evaluate(table.program, measured, {.verdict = verdict});
  for (std::size_t i = 0; i < 13; ++i) {
    CHECK(verdict[i] == evaluate(table.program, {table.rows[i], table.plane.accuracy_m, 0}).verdict);
  }
}

}  // namespace kordon::policy::test
