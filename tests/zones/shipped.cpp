#include "tests/zones/shipped.hpp"

#include <stdexcept>

#include "geo/load_atlas.hpp"

using namespace kordon;

const geo::Atlas& shipped_atlas() {
  static const geo::Atlas atlas = [] {
    geo::LayerSource countries;
    countries.id = "countries";
    countries.file = KORDON_SOURCE_DIR "/shapefiles/countries.shp";
    geo::LayerSource oblasts;
    oblasts.id = "oblasts";
    oblasts.file = KORDON_SOURCE_DIR "/shapefiles/oblasts.shp";
    auto loaded = geo::load_atlas({countries, oblasts}, {});
    if (!loaded) throw std::runtime_error(loaded.error().front().message);
    return std::move(loaded->atlas);
  }();
  return atlas;
}
