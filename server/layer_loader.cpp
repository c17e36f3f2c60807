#include "server/layer_loader.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "geo/index_file.hpp"
#include "world/load_report.hpp"

namespace kordon::server {
namespace {

using End = ChildOutcome::End;

// A line for each layer that is begun comes before the report.
constexpr std::string_view layer_mark = "layer ";

Faults fault(const config::Config& config, std::string message) { return {{config.file.string(), std::move(message)}}; }

/// What was begun last, taken off the front of the output with all before it.
std::string take_layer(std::string_view& output) {
  std::string layer;
  while (output.starts_with(layer_mark)) {
    const auto end = std::min(output.find('\n'), output.size());
    layer = output.substr(layer_mark.size(), end - layer_mark.size());
    output.remove_prefix(std::min(end + 1, output.size()));
  }
  return layer;
}

std::string what_ended(const ChildOutcome& outcome, const config::Limits& limits) {
  switch (outcome.end) {
    case End::timed_out:
      return "loading took longer than limits.load_ms (" + std::to_string(limits.load.count()) + " ms) and was ended";
    case End::cancelled:
      return "loading was ended, for the service stops";
    case End::killed:
      return "the process that loads was ended by signal " + std::to_string(outcome.status);
    case End::exited:
      return "the process that loads ended without a result; limits.load_bytes (" + std::to_string(limits.load_bytes) +
             ") may be too low";
    case End::failed:
      break;
  }
  return "the process that loads could not be started";
}

std::expected<geo::IndexedAtlas, std::string> opened(const world::LoadReport& report, const config::Config& config,
                                                     const Descriptor& memory) {
  if (!report.in_index_file) return geo::open_indexed(memory.get(), config.layers, report.versions.atlas);
  return geo::open_index_file(config.index_file, config.layers, report.versions.atlas);
}

}  // namespace

LayerLoader::LayerLoader() : cancelled_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

std::expected<world::LoadedLayers, Faults> LayerLoader::load(const config::Config& config) const {
  const Descriptor memory(memfd_create("kordon-layers", MFD_CLOEXEC));
  const auto& limits = config.server.limits;
  const auto outcome = run_again({"load-layers", "--config", config.file.string()},
                                 {limits.load, limits.load_bytes, loaded_.load()}, memory, cancelled_);
  std::string_view output = outcome.output;
  const auto layer = take_layer(output);
  const auto report = outcome.end == End::exited ? world::load_report_from(output) : std::nullopt;
  if (!report) {
    auto ended = fault(config, what_ended(outcome, limits));
    if (!layer.empty()) ended.front().where = layer;
    return std::unexpected(std::move(ended));
  }
  if (!report->faults.empty()) return std::unexpected(report->faults);
  if (report->config_sha256 != world::sha256_of_file(config.file)) {
    return std::unexpected(fault(config, "was changed while it was read"));
  }
  auto indexed = opened(*report, config, memory);
  if (!indexed) return std::unexpected(fault(config, "what was loaded " + indexed.error()));
  indexed->warnings = report->warnings;
  loaded_ = true;
  return world::LoadedLayers{std::move(*indexed), report->versions.answers};
}

void LayerLoader::cancel() {
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(cancelled_.get(), &once, sizeof once);
}

}  // namespace kordon::server
