#include <cstdio>
#include <kordon/kordon.hpp>

namespace {

int print(const kordon::Errors& errors) {
  for (const auto& error : errors) std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.message.c_str());
  return 1;
}

}  // namespace

int main(int, char** argv) {
  const auto kordon = kordon::Configuration::open(argv[1]);
  if (!kordon) return print(kordon.error());
  const auto query =
      kordon->compile({.at = "2024-06-15T00:00:00Z", .policy = {}, .activity = "counter-fire", .parameters = {}});
  if (!query) return print(query.error());
  const auto located = kordon->locate({.lon_deg = 36.5873, .lat_deg = 50.5956});
  if (!located) return print(located.error());
  for (const auto& answer : kordon->evaluate(*query, *located)) {
    std::printf("%s %s %.3f because %s\n", answer.activity.c_str(), std::string(name_of(answer.verdict)).c_str(),
                answer.margin_m, answer.because.clause.c_str());
  }
  return kordon->compile({.at = "soon", .policy = {}, .activity = {}, .parameters = {}}) ? 1 : 0;
}
