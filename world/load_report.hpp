#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "geo/atlas/fault.hpp"
#include "world/data_version.hpp"

namespace kordon::world {

/// What a process that loads layers tells the one that asked it to.
struct LoadReport {
  std::string config_sha256;  ///< of the configuration that it read
  InputVersions versions;
  bool in_index_file = false;  ///< there, and not in the file that was handed over
  Faults faults;
  Faults warnings;
};

std::string to_bytes(const LoadReport& report);
/// Nothing for bytes that are not a whole report.
std::optional<LoadReport> load_report_from(std::string_view bytes);

/// The SHA-256 of a file, 64 hex digits. Throws where it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace kordon::world
