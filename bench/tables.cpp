// What `peers.py` needs to ask a database the same: writes into a folder the rings of RU and UA and the lines of RU|UA
// as WKT, positions of the theatre, and Kordon's answers; prints what Kordon's cost.
#include <fmt/os.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "bench/ask_single.hpp"
#include "bench/cpu_time.hpp"
#include "bench/setting.hpp"
#include "bench/workload.hpp"
#include "tests/geo/shipped.hpp"

namespace kordon::bench {
namespace {

constexpr std::size_t many = 1'000'000;

std::string wkt_of(const std::vector<geo::Line>& lines) {
  std::string text = "MULTILINESTRING(";
  for (const auto& line : lines) {
    text += text.ends_with(')') ? ",(" : "(";
    for (const auto& place : line) text += fmt::format("{} {},", place.lon_deg, place.lat_deg);
    text.back() = ')';
  }
  return text + ")";
}

template <typename Pass>
double best_ns(std::size_t rows, Pass&& pass) {
  double best_s = 1e9;
  for (int i = 0; i < 5; ++i) {
    const double start_s = thread_cpu_s();
    pass();
    best_s = std::min(best_s, thread_cpu_s() - start_s);
  }
  return best_s * 1e9 / static_cast<double>(rows);
}

void write(const std::string& folder, std::size_t asked) {
  const auto& atlas = geo::shipped();
  const Setting setting(atlas, "RU", "RU|UA-63");
  const auto russia = atlas.find_region("RU").value();
  const auto ukraine = atlas.find_region("UA").value();
  const auto border = atlas.find_border("RU|UA").value();
  auto shapes = fmt::output_file(folder + "/shapes.tsv");
  for (const auto region : {russia, ukraine}) {
    shapes.print("{}\t{}\n", atlas.id_of(region), wkt_of(atlas.regions[region].rings));
  }
  shapes.print("{}\t{}\n", atlas.id_of(border), wkt_of(atlas.borders[border - atlas.regions.size()].lines));

  const auto workload = theatre(many);
  batch::Evaluations full;
  const double full_ns = best_ns(many, [&] { evaluate(setting.query(), workload.positions(), full); });
  SingleAsker single(setting.query());
  const double single_ns = best_ns(asked, [&] {
    for (std::size_t i = 0; i < asked; ++i) single.ask(workload.place(i));
  });
  auto points = fmt::output_file(folder + "/points.tsv");
  auto answers = fmt::output_file(folder + "/answers.tsv");
  for (std::size_t i = 0; i < asked; ++i) {
    points.print("{}\t{}\t{}\n", i, workload.lon_deg[i], workload.lat_deg[i]);
    answers.print("{}\t{}\t{}\t{}\n", i, full.signed_m[russia][i], full.signed_m[ukraine][i], full.signed_m[border][i]);
  }
  fmt::print(R"({{"full_ns": {}, "single_ns": {}}})"
             "\n",
             full_ns, single_ns);
}

}  // namespace
}  // namespace kordon::bench

int main(int argc, char** argv) {
  std::size_t asked = 0;
  const std::string_view count = argc == 3 ? argv[2] : "";
  if (std::from_chars(count.data(), count.data() + count.size(), asked).ec != std::errc()) {
    fmt::print(stderr, "bench_tables FOLDER POSITIONS\n");
    return 2;
  }
  kordon::bench::write(argv[1], asked);
}
