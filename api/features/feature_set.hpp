#pragma once

#include <expected>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/features/geojson.hpp"
#include "cartography/box.hpp"
#include "evaluation/error.hpp"
#include "evaluation/fields.hpp"
#include "text/json_writer.hpp"
#include "world/world.hpp"

namespace kordon::api::features {

/// Attributes by which a map distinguishes features.
using Property = std::variant<std::string, double>;
using Properties = std::vector<std::pair<std::string_view, Property>>;

/// The features of one collection, as one request asks for them.
class FeatureSet {
 public:
  FeatureSet() = default;
  FeatureSet(const FeatureSet&) = delete;
  FeatureSet& operator=(const FeatureSet&) = delete;
  virtual ~FeatureSet() = default;

  [[nodiscard]] virtual std::size_t count() const = 0;
  [[nodiscard]] virtual std::string id(std::size_t i) const = 0;
  [[nodiscard]] virtual policy::Interval in_force(std::size_t) const { return {}; }
  /// A box outside of which the feature is not, known without its geometry.
  [[nodiscard]] virtual cartography::Box extent(std::size_t) const { return {-180, -90, 180, 90}; }
  /// Errors: it would take too much to draw.
  [[nodiscard]] virtual std::expected<Geometry, evaluation::FieldErrors> geometry(std::size_t i) const = 0;
  virtual void write_properties(text::JsonWriter& out, std::size_t i) const = 0;
  /// The short ones, for tiles, the id among them.
  [[nodiscard]] virtual Properties properties(std::size_t i) const = 0;
};

std::unique_ptr<FeatureSet> regions_of(const world::World& world, double max_offset_deg);
std::unique_ptr<FeatureSet> borders_of(const world::World& world, double max_offset_deg);

/// The areas of the rules of `policy` and `activity` (default: all), with the parameters that the query sets.
std::unique_ptr<FeatureSet> zones_of(const world::World& world, evaluation::Fields& fields, double max_offset_deg);

/// What `zones_of` reads of a query: `policy`, `activity` and every parameter of every policy.
std::vector<std::string_view> zone_keys(const world::World& world);

}  // namespace kordon::api::features
