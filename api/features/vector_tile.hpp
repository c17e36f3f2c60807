#pragma once

#include <string>

#include "api/features/feature_set.hpp"
#include "cartography/tile.hpp"

namespace kordon::api::features {

/// A Mapbox Vector Tile 2.1 with one layer. Its features are added one by one; what the tile does not show is left out.
class VectorTile {
 public:
  /// `layer` is its only layer's name.
  VectorTile(std::string_view layer, const cartography::Tile& tile);

  /// `properties` as `FeatureSet::properties` gives them.
  void add(const Geometry& geometry, const Properties& properties);

  /// The tile's bytes; none where it shows nothing.
  [[nodiscard]] std::string bytes() const;

 private:
  std::uint32_t key_number(std::string_view key);
  std::uint32_t value_number(const Property& value);

  cartography::Tile tile_;
  cartography::Box box_;
  std::string layer_;
  std::string features_;  ///< as messages of the layer
  std::vector<std::string> keys_;
  std::vector<Property> values_;
};

}  // namespace kordon::api::features
