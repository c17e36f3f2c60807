// Kordon beside its peers, on the same seeded positions in the same process, after checking that they agree.
// `report.py` runs this and makes the table.
#include <benchmark/benchmark.h>

#include <functional>
#include <optional>
#include <thread>

#include "bench/agree.hpp"
#include "bench/ask_single.hpp"
#include "bench/cpu_time.hpp"
#include "bench/fractal.hpp"
#include "bench/only_write.hpp"
#include "tests/geo/shipped.hpp"

namespace kordon::bench {
namespace {

constexpr std::size_t many = 1'000'000;
constexpr std::size_t few = 4096;  ///< positions of those asked one by one
constexpr std::size_t world_rows = 1024;
constexpr std::size_t very_few = 256;  ///< that GeographicLib measures

/// Times `pass`, which goes over `rows` positions.
auto* time_pass(const std::string& name, std::size_t rows, std::function<void()> pass) {
  return benchmark::RegisterBenchmark(name.c_str(),
                                      [rows, pass = std::move(pass)](benchmark::State& state) {
                                        pass();
                                        for (auto _ : state) pass();
                                        state.counters["rows"] = static_cast<double>(rows);
                                      })
      ->Unit(benchmark::kMillisecond);
}

/// Processor time of the slower of two threads with all positions each: what both take that have a core each.
void time_two_threads(const Setting& setting, const Workload& workload) {
  const auto run = [&setting, &workload](benchmark::State& state) {
    batch::Evaluations out[2];
    const auto pass = [&] {
      double took_s[2] = {};
      const auto work = [&](std::size_t part) {
        const double start_s = thread_cpu_s();
        evaluate(setting.query(), workload.positions(), out[part]);
        took_s[part] = thread_cpu_s() - start_s;
      };
      std::thread other(work, 1);
      work(0);
      other.join();
      return std::max(took_s[0], took_s[1]);
    };
    pass();
    for (auto _ : state) state.SetIterationTime(pass());
    state.counters["rows"] = static_cast<double>(2 * workload.size());
  };
  benchmark::RegisterBenchmark(("two_threads/" + workload.name).c_str(), run)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

void time_kordon(const Setting& setting, const Workload& workload) {
  const auto rows = workload.size();
  auto out = std::make_shared<batch::Evaluations>();
  time_pass("full/" + workload.name, rows, [&, out] { evaluate(setting.query(), workload.positions(), *out); });
  time_pass("limit/" + workload.name, rows, [&, out] {
    only_write(workload.positions(), *out);
    benchmark::ClobberMemory();
  });
}

void time_one_by_one(const Setting& setting, const Workload& workload, const GeosPeer& geos, S2Peer& s2) {
  const auto time_each = [&](const char* name, auto&& ask) {
    const auto rows = std::min(few, workload.size());
    time_pass(std::string(name) + '/' + workload.name, rows, [&workload, rows, ask] {
      for (std::size_t i = 0; i < rows; ++i) benchmark::DoNotOptimize(ask(workload.place(i)));
    });
  };
  auto asker = std::make_shared<SingleAsker>(setting.query());
  time_each("single", [asker](geo::LonLat place) { return &asker->ask(place); });
  time_each("geos", [&geos](geo::LonLat place) { return geos.ask(place); });
  time_each("s2", [&s2](geo::LonLat place) { return s2.ask(place); });
}

void check(const Setting& setting, const Workload& workload, const GeosPeer& geos, S2Peer& s2) {
  const Agreement agreement(setting, workload);
  agreement.with_geos(geos);
  agreement.with_s2(s2, std::min(few, workload.size()));
  agreement.with_single(std::min(few, workload.size()));
  agreement.with_oracle(very_few);
}

struct Grown {
  geo::Atlas atlas;
  Setting setting;

  explicit Grown(std::size_t edges) : atlas(fractal_atlas(edges)), setting(atlas, "N", "N|S") {}
};

/// The same rough line with more and more edges, all positions together and the first ones one by one.
void time_growth(const Workload& workload) {
  for (const std::size_t edges : {10'000U, 100'000U, 1'000'000U}) {
    const auto grown = std::make_shared<std::optional<Grown>>();
    const auto run = [&, edges, grown](benchmark::State& state, std::size_t rows, auto&& pass) {
      if (!*grown) grown->emplace(edges);
      pass((*grown)->setting);
      for (auto _ : state) pass((*grown)->setting);
      state.counters["rows"] = static_cast<double>(rows);
      state.counters["edges"] = static_cast<double>((*grown)->setting.edge_count());
      state.counters["index_bytes"] = static_cast<double>((*grown)->setting.index().size_bytes());
    };
    const auto together = [&workload, run](benchmark::State& state) {
      batch::Evaluations out;
      run(state, workload.size(),
          [&](const Setting& setting) { evaluate(setting.query(), workload.positions(), out); });
    };
    const auto alone = [&workload, run](benchmark::State& state) {
      run(state, few, [&](const Setting& setting) {
        SingleAsker asker(setting.query());
        for (std::size_t i = 0; i < few; ++i) benchmark::DoNotOptimize(&asker.ask(workload.place(i)));
      });
    };
    const auto number = std::to_string(edges);
    benchmark::RegisterBenchmark(("growth/" + number).c_str(), together)->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("growth_single/" + number).c_str(), alone)->Unit(benchmark::kMillisecond);
  }
}

int run(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const auto& atlas = geo::shipped();
  const Setting setting(atlas, "RU", "RU|UA-63");
  benchmark::AddCustomContext("edges", std::to_string(setting.edge_count()));
  benchmark::AddCustomContext("index_bytes", std::to_string(setting.index().size_bytes()));
  const GeosPeer geos(atlas);
  S2Peer s2(atlas);
  const auto& border = atlas.borders[atlas.find_border("RU|UA").value() - atlas.regions.size()];
  const Workload workloads[] = {theatre(many), near_border(border, many), whole_world(world_rows)};
  for (const auto& workload : workloads) {
    check(setting, workload, geos, s2);
    time_kordon(setting, workload);
    time_two_threads(setting, workload);
    time_one_by_one(setting, workload, geos, s2);
  }
  time_growth(workloads[0]);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace kordon::bench

int main(int argc, char** argv) { return kordon::bench::run(argc, argv); }
