#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/atlas/load_atlas.hpp"

class OGRFeature;
class OGRLayer;

namespace kordon::geo {

/// Ids and names of a layer's regions, made from its attributes.
class RegionIds {
 public:
  /// `layer.id_template` (`DE-{NUTS_ID}`, `{adm0}-{adm1}`), else the field `layer.id_field`. Appended to `faults`: a
  /// field that there is not, with the names of those that there are.
  static std::optional<RegionIds> find(OGRLayer& layer, const LayerSource& source, const std::string& file,
                                       Faults& faults);

  /// Empty where an attribute of it has no value.
  [[nodiscard]] std::string id_of(const OGRFeature& feature) const;
  /// The id where there is no name.
  [[nodiscard]] std::string name_of(const OGRFeature& feature) const;

 private:
  struct Piece {
    std::string text;
    int field = -1;  ///< -1: the text itself
  };
  std::vector<Piece> pieces_;
  int name_ = -1;
};

}  // namespace kordon::geo
