#include "cli/layer_parts.hpp"

#include <fmt/format.h>

#include <string_view>

#include "cli/gpx_tracks.hpp"
#include "geo/atlas/drivers.hpp"

namespace kordon::cli {
namespace {

using Transform = std::unique_ptr<OGRCoordinateTransformation>;

/// Null: the layer is in WGS 84, or says nothing. Without a known datum shift there is none.
std::expected<Transform, std::string> transform_of(OGRLayer& layer) {
  const auto* reference = layer.GetSpatialRef();
  if (reference == nullptr) return nullptr;
  const auto to = wgs84();
  OGRSpatialReference from(*reference);
  from.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (from.IsSame(&to) != 0) return nullptr;
  OGRCoordinateTransformationOptions options;
  options.SetBallparkAllowed(false);
  Transform transform(OGRCreateCoordinateTransformation(&from, &to, options));
  if (transform) return transform;
  return std::unexpected(fmt::format("no datum shift from {} to WGS 84 is known", from.GetName()));
}

/// Whether it has the points of other layers' lines.
bool repeats_lines(GDALDataset& dataset, OGRLayer& layer) {
  return is_gpx(dataset) && std::string_view(layer.GetName()).ends_with("_points");
}

/// The only one, or those with features: GPX always has five. Empty: there are several, and they are not of one kind,
/// as the folders of a KML are.
std::vector<OGRLayer*> usual_layers(GDALDataset& dataset, const std::string& name) {
  if (dataset.GetLayerCount() == 1) return {dataset.GetLayer(0)};
  std::vector<OGRLayer*> layers;
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    auto* const layer = dataset.GetLayer(i);
    if (!repeats_lines(dataset, *layer) && layer->GetFeatureCount(1) > 0) layers.push_back(layer);
  }
  const auto* const format = geo::file_format_of(name);
  const bool is_kml = format != nullptr && format->ending.starts_with("km");
  return layers.size() == 1 || is_kml ? layers : std::vector<OGRLayer*>();
}

/// `its layers are waypoints (3 features), tracks (1)`.
std::string layers_of(GDALDataset& dataset) {
  std::string text = dataset.GetLayerCount() == 0 ? "it has no layer" : "its layers are";
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    const auto count = dataset.GetLayer(i)->GetFeatureCount(1);
    text += fmt::format("{} '{}' ({} features)", i == 0 ? "" : ",", dataset.GetLayer(i)->GetName(), count);
  }
  return text;
}

}  // namespace

std::expected<std::vector<LayerPart>, std::string> layer_parts(GDALDataset& dataset, const std::string& file,
                                                               const std::vector<std::string>& names) {
  auto layers = names.empty() ? usual_layers(dataset, file) : std::vector<OGRLayer*>();
  for (const auto& layer : names) {
    layers.push_back(dataset.GetLayerByName(layer.c_str()));
    if (layers.back() == nullptr)
      return std::unexpected(fmt::format("has no layer '{}'; {}", layer, layers_of(dataset)));
  }
  if (layers.empty()) return std::unexpected(layers_of(dataset) + "; name those to read with --layer");
  std::vector<LayerPart> parts;
  for (auto* const layer : layers) {
    auto transform = transform_of(*layer);
    if (!transform) return std::unexpected(fmt::format("layer '{}': {}", layer->GetName(), transform.error()));
    parts.push_back({layer, std::move(*transform)});
  }
  return parts;
}

}  // namespace kordon::cli
