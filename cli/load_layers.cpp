#include <fcntl.h>
#include <unistd.h>

#include <exception>
#include <string_view>

#include "cli/commands.hpp"
#include "config/config.hpp"
#include "geo/index_file.hpp"
#include "server/descriptor.hpp"
#include "world/data_version.hpp"
#include "world/load_report.hpp"

namespace kordon::cli {
namespace {

// As server::run_again hands them over.
constexpr int report_number = 3;
constexpr int image_number = 4;

bool tell(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(report_number, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// Of a long-lived service and its loader the system ends the loader first.
void be_first_to_go() {
  const server::Descriptor score(open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  [[maybe_unused]] const auto written = write(score.get(), "1000", 4);
}

void begin_layer(const geo::LayerSource& layer) { tell("layer " + layer.file + "\n"); }

bool is_in_index_file(const config::Config& config, std::string_view key) {
  if (config.index_file.empty()) return false;
  return geo::open_index_file(config.index_file, config.layers, key).has_value();
}

world::LoadReport load(const std::filesystem::path& file) {
  world::LoadReport report;
  report.config_sha256 = world::sha256_of_file(file);
  const auto config = config::read_config(file, report.faults);
  if (!report.faults.empty()) return report;
  report.versions = world::input_versions(config);
  const auto& key = report.versions.atlas;
  auto indexed = geo::load_indexed(config.layers, config.border_accuracy_m, config.index_file, key, begin_layer);
  if (!indexed) {
    report.faults = std::move(indexed.error());
    return report;
  }
  report.warnings = indexed->warnings;
  report.in_index_file = is_in_index_file(config, key);
  if (!report.in_index_file && !geo::save_indexed(image_number, *indexed, key)) {
    report.faults.push_back({file.string(), "what was loaded cannot be handed over"});
  }
  return report;
}

}  // namespace

int load_layers(const std::filesystem::path& config) {
  be_first_to_go();
  world::LoadReport report;
  try {
    report = load(config);
  } catch (const std::exception& fault) {
    report.faults = {{config.string(), fault.what()}};
  }
  return tell(world::to_bytes(report)) ? exit_good : exit_bad;
}

}  // namespace kordon::cli
