#include "world/data_version.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "config/sha256.hpp"

namespace kordon::world {
namespace {

/// The length goes first, so that bytes cannot pass from one file to the next unnoticed.
void add_file(config::Sha256& hash, const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  hash.add(fmt::format("{} {}\n", file.extension().string(), std::filesystem::file_size(file)));
  std::array<char, 65536> block;
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) throw std::runtime_error("cannot read " + file.string());
}

void add_layer(config::Sha256& hash, const geo::LayerSource& layer) {
  hash.add(fmt::format("layer {} {} {} {} {}\n", layer.id, layer.id_field, layer.name_field, layer.accuracy_m,
                       fmt::join(layer.only, "|")));
  std::filesystem::path file = layer.file;
  add_file(hash, file);
  if (file.extension() != ".shp") return;
  for (const auto* extension : {".shx", ".dbf", ".prj", ".cpg"}) {
    file.replace_extension(extension);
    if (std::filesystem::exists(file)) add_file(hash, file);
  }
}

/// What lines there are and how well they are known.
void add_lines(config::Sha256& hash, const config::Config& config) {
  for (const auto& layer : config.layers) add_layer(hash, layer);
  for (const auto& [id, accuracy_m] : config.border_accuracy_m) hash.add(fmt::format("border {} {}\n", id, accuracy_m));
}

}  // namespace

std::string data_version(const config::Config& config) {
  config::Sha256 hash;
  add_lines(hash, config);
  for (const auto& policy : config.policies) add_file(hash, policy);
  return "sha256:" + hash.hex();
}

std::string atlas_version(const config::Config& config) {
  config::Sha256 hash;
  add_lines(hash, config);
  for (const auto& layer : config.layers) {
    const auto file = std::filesystem::path(layer.file).lexically_proximate(config.file.parent_path()).string();
    for (const auto& text : {file, layer.attribution, layer.licence, layer.source}) {
      hash.add(fmt::format("{} {}\n", text.size(), text));
    }
  }
  return "sha256:" + hash.hex();
}

}  // namespace kordon::world
