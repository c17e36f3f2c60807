#include "api/features/feature_set.hpp"
#include "text/number_text.hpp"

namespace kordon::api::features {
namespace {

class Regions final : public FeatureSet {
 public:
  Regions(const world::World& world, double max_offset_deg)
      : regions_(world.atlas.regions), shapes_(world.maps.shapes(max_offset_deg)) {}

  [[nodiscard]] std::size_t count() const override { return regions_.size(); }
  [[nodiscard]] std::string id(std::size_t i) const override { return regions_[i].id; }

  [[nodiscard]] std::expected<Geometry, evaluation::FieldErrors> geometry(std::size_t i) const override {
    return std::shared_ptr<const cartography::Polygons>(shapes_, &shapes_->regions[i]);
  }

  void write_properties(text::JsonWriter& out, std::size_t i) const override {
    const auto& region = regions_[i];
    out.begin_object().key("name").text(region.name).key("layer").text(region.layer);
    out.key("accuracy_m").number(region.accuracy_m).end_object();
  }

  [[nodiscard]] Properties properties(std::size_t i) const override {
    const auto& region = regions_[i];
    return {{"id", region.id}, {"name", region.name}, {"layer", region.layer}, {"accuracy_m", region.accuracy_m}};
  }

 private:
  const std::vector<geo::Region>& regions_;
  std::shared_ptr<const cartography::Shapes> shapes_;
};

class Borders final : public FeatureSet {
 public:
  Borders(const world::World& world, double max_offset_deg)
      : atlas_(world.atlas), shapes_(world.maps.shapes(max_offset_deg)) {}

  [[nodiscard]] std::size_t count() const override { return atlas_.borders.size(); }
  [[nodiscard]] std::string id(std::size_t i) const override { return atlas_.borders[i].id; }

  [[nodiscard]] std::expected<Geometry, evaluation::FieldErrors> geometry(std::size_t i) const override {
    return std::shared_ptr<const Lines>(shapes_, &shapes_->borders[i]);
  }

  void write_properties(text::JsonWriter& out, std::size_t i) const override {
    const auto& border = atlas_.borders[i];
    out.begin_object().key("regions").begin_array();
    out.text(atlas_.regions[border.first].id);
    if (border.kind() == geo::BorderKind::section) out.text(atlas_.regions[border.second].id);
    out.end_array();
    out.key("accuracy_m").number(border.accuracy_m);
    out.key("moved_m").fixed(border.moved_m, text::metre_decimals);
    out.key("unshared_km").fixed(border.unshared_m / 1000, text::metre_decimals).end_object();
  }

  [[nodiscard]] Properties properties(std::size_t i) const override {
    const auto& border = atlas_.borders[i];
    return {{"id", border.id}, {"accuracy_m", border.accuracy_m}};
  }

 private:
  const geo::Atlas& atlas_;
  std::shared_ptr<const cartography::Shapes> shapes_;
};

}  // namespace

std::unique_ptr<FeatureSet> regions_of(const world::World& world, double max_offset_deg) {
  return std::make_unique<Regions>(world, max_offset_deg);
}

std::unique_ptr<FeatureSet> borders_of(const world::World& world, double max_offset_deg) {
  return std::make_unique<Borders>(world, max_offset_deg);
}

}  // namespace kordon::api::features
