// A position as people write it.
#include "evaluation/position_text.hpp"

#include <cmath>

#include "fuzz/check.hpp"

using namespace kordon;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto place = evaluation::read_position_text(fuzz::text_of(data, size));
  if (!place) {
    fuzz::check(!place.error().empty());
    return 0;
  }
  fuzz::check(place->accuracy_m >= 0);
  const auto position = geo::Position::checked(place->place, place->accuracy_m);
  if (position) fuzz::check(std::abs(position->place().lat_deg) <= 90 && std::abs(position->place().lon_deg) <= 180);
  return 0;
}
