#include "tests/geo/shipped.hpp"

#include <stdexcept>

#include "geo/atlas/load_atlas.hpp"

namespace kordon::geo {

const Atlas& shipped() {
  static const Atlas atlas = [] {
    const std::string folder = KORDON_SOURCE_DIR "/shapefiles/";
    LayerSource countries;
    countries.id = "countries";
    countries.file = folder + "countries.shp";
    LayerSource oblasts;
    oblasts.id = "oblasts";
    oblasts.file = folder + "oblasts.shp";
    auto loaded = load_atlas({countries, oblasts}, {{"RU|UA", 280}, {"RU|UA-63", 280}});
    if (!loaded) throw std::runtime_error(loaded.error().front().message);
    return std::move(loaded->atlas);
  }();
  return atlas;
}

}  // namespace kordon::geo
