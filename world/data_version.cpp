#include "world/data_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <vector>

#include "config/sha256.hpp"
#include "geo/atlas/read_layer.hpp"
#include "geo/atlas/unions.hpp"

namespace kordon::world {
namespace {

/// The length goes first, so that bytes cannot pass from one file to the next unnoticed.
void add_file(config::Sha256& hash, const std::filesystem::path& file) {
  // Of a FIFO or a device the reading would not end.
  if (!std::filesystem::is_regular_file(file)) throw std::runtime_error(file.string() + " is not a file");
  std::ifstream in(file, std::ios::binary);
  hash.add(fmt::format("{} {}\n", file.extension().string(), std::filesystem::file_size(file)));
  std::array<char, 65536> block;
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) throw std::runtime_error("cannot read " + file.string());
}

/// What the configuration says of a layer, each with its length.
std::vector<std::string> settings_of(const geo::LayerSource& layer) {
  const auto number = [](const std::optional<double>& value) { return value ? fmt::format("{}", *value) : ""; };
  std::vector<std::string> all{layer.id,
                               layer.layer,
                               layer.where,
                               layer.crs,
                               layer.id_field,
                               layer.id_template,
                               layer.name_field,
                               layer.dissolve ? "dissolve" : "",
                               number(layer.accuracy_m),
                               fmt::format("{}", static_cast<int>(layer.edges)),
                               number(layer.match_tolerance_m),
                               number(layer.repair_tolerance_m),
                               number(layer.ballpark_accuracy_m)};
  all.insert(all.end(), layer.only.begin(), layer.only.end());
  for (const auto& ids : layer.unions) all.push_back(geo::union_id(ids));
  all.insert(all.end(), layer.lines.begin(), layer.lines.end());
  return all;
}

/// By name, so that it makes no difference where files lie.
void add_layer(config::Sha256& hash, const geo::LayerSource& layer) {
  for (const auto& text : settings_of(layer)) hash.add(fmt::format("{} {}\n", text.size(), text));
  auto files = geo::files_of(layer);
  std::ranges::stable_sort(files, {}, [](const std::string& file) { return std::filesystem::path(file).filename(); });
  for (const auto& file : files) add_file(hash, file);
}

/// What lines there are and how well they are known.
void add_lines(config::Sha256& hash, const config::Config& config) {
  for (const auto& layer : config.layers) add_layer(hash, layer);
  for (const auto& [id, accuracy_m] : config.border_accuracy_m) hash.add(fmt::format("border {} {}\n", id, accuracy_m));
}

}  // namespace

InputVersions input_versions(const config::Config& config) {
  config::Sha256 answers;
  add_lines(answers, config);
  config::Sha256 atlas = answers;
  for (const auto& policy : config.policies) add_file(answers, policy);
  for (const auto& layer : config.layers) {
    const auto file = std::filesystem::path(layer.file).lexically_proximate(config.file.parent_path()).string();
    for (const auto& text : {file, layer.attribution, layer.licence, layer.source}) {
      atlas.add(fmt::format("{} {}\n", text.size(), text));
    }
  }
  return {"sha256:" + atlas.hex(), "sha256:" + answers.hex()};
}

std::string data_version(std::string_view answers, std::uint64_t content) {
  config::Sha256 hash;
  hash.add(fmt::format("{}\n{:016x}\n", answers, content));
  return "sha256:" + hash.hex();
}

}  // namespace kordon::world
