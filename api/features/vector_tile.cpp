#include "api/features/vector_tile.hpp"

#include <algorithm>
#include <protozero/pbf_writer.hpp>

namespace kordon::api::features {
namespace {

// Numbers of the specification, https://github.com/mapbox/vector-tile-spec/tree/master/2.1
constexpr std::uint32_t version = 2;
enum TileField : protozero::pbf_tag_type { tile_layers = 3 };
enum LayerField : protozero::pbf_tag_type {
  layer_name = 1,
  layer_features = 2,
  layer_keys = 3,
  layer_values = 4,
  layer_extent = 5,
  layer_version = 15
};
enum FeatureField : protozero::pbf_tag_type { feature_tags = 2, feature_type = 3, feature_geometry = 4 };
enum ValueField : protozero::pbf_tag_type { value_string = 1, value_double = 3 };
enum GeometryType : std::uint8_t { line_string = 2, polygon = 3 };
enum Command : std::uint8_t { move_to = 1, line_to = 2, close_path = 7 };

/// The commands of a geometry: each point as its difference from the one before.
class Path {
 public:
  void line(const cartography::TileLine& points) { draw(points, points.size()); }

  /// The last point, which repeats the first, is left to the command that closes.
  void ring(const cartography::TileLine& points) {
    draw(points, points.size() - 1);
    command(close_path, 1);
  }

  [[nodiscard]] const std::vector<std::uint32_t>& commands() const { return commands_; }

 private:
  void draw(const cartography::TileLine& points, std::size_t count) {
    command(move_to, 1);
    point(points[0]);
    command(line_to, static_cast<std::uint32_t>(count - 1));
    for (std::size_t i = 1; i < count; ++i) point(points[i]);
  }

  void command(Command id, std::uint32_t count) { commands_.push_back(id | count << 3U); }

  void point(const cartography::TilePoint& to) {
    for (std::size_t axis = 0; axis < to.size(); ++axis) {
      commands_.push_back(protozero::encode_zigzag32(to[axis] - at_[axis]));
    }
    at_ = to;
  }

  std::vector<std::uint32_t> commands_;
  cartography::TilePoint at_{0, 0};
};

constexpr std::size_t least_ring = 4;

/// A ring that turns so; nothing where it is smaller than a unit.
cartography::TileLine turned(const geo::Line& ring, const cartography::Tile& tile, bool clockwise) {
  auto points = cartography::quantized(ring, tile);
  const auto area = cartography::doubled_area(points);
  if (points.size() < least_ring || area == 0) return {};
  if ((area > 0) != clockwise) std::ranges::reverse(points);
  return points;
}

void draw(Path& path, const cartography::Polygons& polygons, const cartography::Tile& tile) {
  for (const auto& rings : polygons) {
    for (std::size_t i = 0; i < rings.size(); ++i) {
      const auto points = turned(rings[i], tile, i == 0);
      if (points.empty() && i == 0) break;
      if (!points.empty()) path.ring(points);
    }
  }
}

void draw(Path& path, const Lines& lines, const cartography::Tile& tile, const cartography::Box& box) {
  for (const auto& line : lines) {
    for (const auto& piece : cartography::clipped(line, box)) {
      const auto points = cartography::quantized(piece, tile);
      if (points.size() > 1) path.line(points);
    }
  }
}

std::uint32_t number_in(auto& known, const auto& one) {
  const auto found = std::ranges::find(known, one);
  const auto number = static_cast<std::uint32_t>(found - known.begin());
  if (found == known.end()) known.push_back(one);
  return number;
}

void write_value(protozero::pbf_writer& layer, const Property& value) {
  protozero::pbf_writer out(layer, layer_values);
  if (const auto* text = std::get_if<std::string>(&value)) {
    out.add_string(value_string, *text);
  } else {
    out.add_double(value_double, std::get<double>(value));
  }
}

}  // namespace

VectorTile::VectorTile(std::string_view layer, const cartography::Tile& tile)
    : tile_(tile), box_(cartography::box_of(tile)), layer_(layer) {}

std::uint32_t VectorTile::key_number(std::string_view key) { return number_in(keys_, std::string(key)); }
std::uint32_t VectorTile::value_number(const Property& value) { return number_in(values_, value); }

void VectorTile::add(const Geometry& geometry, const Properties& properties) {
  Path path;
  const auto* polygons = std::get_if<std::shared_ptr<const cartography::Polygons>>(&geometry);
  if (polygons != nullptr) {
    draw(path, cartography::clipped(**polygons, box_), tile_);
  } else {
    draw(path, *std::get<std::shared_ptr<const Lines>>(geometry), tile_, box_);
  }
  if (path.commands().empty()) return;

  std::vector<std::uint32_t> tags;
  for (const auto& [key, value] : properties) {
    tags.push_back(key_number(key));
    tags.push_back(value_number(value));
  }
  protozero::pbf_writer layer(features_);
  protozero::pbf_writer feature(layer, layer_features);
  feature.add_packed_uint32(feature_tags, tags.begin(), tags.end());
  feature.add_enum(feature_type, polygons != nullptr ? polygon : line_string);
  feature.add_packed_uint32(feature_geometry, path.commands().begin(), path.commands().end());
}

std::string VectorTile::bytes() const {
  if (features_.empty()) return {};
  std::string text;
  protozero::pbf_writer layer(text);
  layer.add_uint32(layer_version, version);
  layer.add_string(layer_name, layer_);
  text += features_;
  for (const auto& key : keys_) layer.add_string(layer_keys, key);
  for (const auto& value : values_) write_value(layer, value);
  layer.add_uint32(layer_extent, cartography::tile_extent);

  std::string tile;
  protozero::pbf_writer(tile).add_message(tile_layers, text);
  return tile;
}

}  // namespace kordon::api::features
