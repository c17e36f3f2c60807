#include "tests/cartography/shipped.hpp"

#include <stdexcept>

#include "geo/atlas/load_atlas.hpp"

using namespace kordon;

const kordon::geo::Atlas& shipped_atlas() {
  static const kordon::geo::Atlas atlas = [] {
    kordon::geo::LayerSource countries;
    countries.id = "countries";
    countries.file = KORDON_SOURCE_DIR "/shapefiles/countries.shp";
    kordon::geo::LayerSource oblasts;
    oblasts.id = "oblasts";
    oblasts.file = KORDON_SOURCE_DIR "/shapefiles/oblasts.shp";
    auto loaded = kordon::geo::load_atlas({countries, oblasts}, {});
    if (!loaded) throw std::runtime_error(loaded.error().front().message);
    return std::move(loaded->atlas);
  }();
  return atlas;
}
