// Columns against the rows of a CSV batch, which take the other way to the same engine.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <random>

#include "batch/columns/score_columns.hpp"
#include "policy/evaluate.hpp"
#include "tests/api/batch_run.hpp"
#include "tests/api/test_world.hpp"

namespace kordon::test {
namespace {

struct Rows {
  std::vector<double> lon_deg, lat_deg, accuracy_m;
  std::vector<std::int64_t> at_ms;

  void add(double lon, double lat, double accuracy = 0) {
    lon_deg.push_back(lon);
    lat_deg.push_back(lat);
    accuracy_m.push_back(accuracy);
  }
  [[nodiscard]] batch::columns::ColumnsRequest request() const {
    return {.lon_deg = {{{lon_deg}}},
            .lat_deg = {{{lat_deg}}},
            .accuracy_m = batch::columns::NumberColumn{{{accuracy_m}}},
            .at_ms = at_ms,
            .members = {},
            .now = test_now()};
  }
};

std::int64_t ms_of(std::string_view text) { return policy::parse_instant(text)->time_since_epoch().count(); }

batch::columns::ColumnScores scored(const batch::columns::ColumnsRequest& request) {
  static const auto world = small_world();
  auto scores = batch::columns::score_columns(*world, request);
  REQUIRE(scores.has_value());
  return std::move(*scores);
}

AnsweredRow row_of(const batch::columns::ColumnScores& scores, std::size_t i) {
  AnsweredRow row;
  row.verdict = policy::name_of(static_cast<policy::Verdict>(scores.verdict[i]));
  row.margin_m = scores.margin_m[i];
  row.distance_m = scores.distance_m[i];
  row.nearest_lon = scores.nearest_lon_deg[i];
  row.nearest_lat = scores.nearest_lat_deg[i];
  const auto& text = scores.region_sets[scores.regions[i]];
  if (!text.empty()) row.regions = {text};
  return row;
}

void check_near(const AnsweredRow& row, const AnsweredRow& expected) {
  CHECK(row.verdict == expected.verdict);
  CHECK(std::abs(row.margin_m - expected.margin_m) < 0.00051);
  CHECK(std::abs(row.distance_m - expected.distance_m) < 0.00051);
  CHECK(std::abs(row.nearest_lon - expected.nearest_lon) < 5.1e-9);
  CHECK(std::abs(row.nearest_lat - expected.nearest_lat) < 5.1e-9);
  CHECK(row.regions == expected.regions);
}

}  // namespace

TEST_CASE("columns are answered as the rows of a file are, each at its own time") {
  constexpr std::array times{"2024-05-29T23:59:59.999Z", "2024-05-30T00:00:00Z", "2024-06-15T00:00:00Z"};
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> unit(0, 1);
  Rows rows;
  std::string csv = "lon,lat,accuracy_m,at\n";
  for (std::size_t i = 0; i < 600; ++i) {
    rows.add(35.5 + 3 * unit(random), 48.5 + 4 * unit(random), 20e3 * unit(random));
    rows.at_ms.push_back(ms_of(times[i % times.size()]));
    csv += fmt::format("{},{},{},{}\n", rows.lon_deg[i], rows.lat_deg[i], rows.accuracy_m[i], times[i % times.size()]);
  }
  const auto scores = scored(rows.request());
  const auto expected = test::read_answer(batch::Format::csv, test::run_batch({}, csv).out);
  REQUIRE(expected.size() == scores.rows);
  for (std::size_t i = 0; i < expected.size(); ++i) check_near(row_of(scores, i), expected[i]);
}

TEST_CASE("chunks, missing values and threads change nothing for the other rows") {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> unit(0, 1);
  Rows rows;
  for (std::size_t i = 0; i < 600'000; ++i) rows.add(35.5 + 3 * unit(random), 48.5 + 4 * unit(random));
  const auto whole = scored(rows.request());
  auto request = rows.request();
  std::vector<std::uint8_t> valid(rows.lon_deg.size() / 8 + 1, 0xFF);
  const std::size_t missing = 550'003;
  const std::size_t cut = 540'001;
  valid[(missing - cut + 3) / 8] ^= static_cast<std::uint8_t>(1U << ((missing - cut + 3) % 8));
  const std::span lon(rows.lon_deg);
  request.lon_deg.chunks = {{lon.first(cut)}, {lon.subspan(cut), valid.data(), 3}};
  request.threads = 2;
  const auto pieces = scored(request);
  REQUIRE(pieces.bad.size() == 1);
  CHECK(pieces.bad[0].row == missing);
  CHECK(pieces.bad[0].errors[0].where == "lon");
  CHECK(pieces.bad[0].errors[0].code == evaluation::Code::missing);
  CHECK(pieces.verdict[missing] == batch::columns::no_verdict);
  CHECK(pieces.region_sets == std::vector<std::string>{"", "RU", "UA"});
  for (std::size_t i = 0; i < rows.lon_deg.size(); ++i) {
    if (i == missing) continue;
    const bool same = pieces.verdict[i] == whole.verdict[i] && pieces.margin_m[i] == whole.margin_m[i] &&
                      pieces.distance_m[i] == whole.distance_m[i] &&
                      pieces.nearest_lon_deg[i] == whole.nearest_lon_deg[i] &&
                      pieces.region_sets[pieces.regions[i]] == whole.region_sets[whole.regions[i]];
    if (!same) FAIL_CHECK(i);
  }
}

TEST_CASE("a bad row is named, and the rest is answered") {
  Rows rows;
  rows.add(37, 51);
  rows.add(200, 51);
  rows.add(51, 137);
  rows.add(37, 51, -1);
  rows.add(37, 51);
  const auto scores = scored(rows.request());
  REQUIRE(scores.bad.size() == 3);
  CHECK(scores.bad[0].row == 1);
  CHECK(scores.bad[0].errors[0].where == "lon");
  CHECK(scores.bad[1].errors[0].code == evaluation::Code::coordinates_swapped);
  CHECK(scores.bad[2].errors[0].where == "accuracy_m");
  CHECK(row_of(scores, 4) == row_of(scores, 0));
  CHECK(std::isnan(scores.margin_m[1]));
}

TEST_CASE("columns of other lengths and members that nobody knows are faults of the whole") {
  const auto world = small_world();
  Rows rows;
  rows.add(37, 51);
  auto request = rows.request();
  const std::vector<double> longer{50, 51};
  request.lat_deg.chunks = {{longer}};
  request.members = {{"activity", std::string("swim")}, {"width_km", 7.0, true}};
  const auto scores = batch::columns::score_columns(*world, request);
  REQUIRE_FALSE(scores.has_value());
  std::vector<std::string> names;
  for (const auto& error : scores.error()) names.push_back(error.where);
  CHECK(names == std::vector<std::string>{"lat", "activity", "parameters.width_km"});
}

}  // namespace kordon::test
