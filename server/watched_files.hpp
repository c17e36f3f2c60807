#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "server/descriptor.hpp"

namespace kordon::server {

/// Every file that a configuration names, its companions (a shapefile's .dbf and the like) and itself.
std::vector<std::filesystem::path> files_of(const config::Config& config);

/// Watches the folders that hold these files, so that a file replaced by a renamed one is seen too.
void watch_folders(const Descriptor& inotify, const std::vector<std::filesystem::path>& files);

/// Fingerprint of the files' state: size, time of change and inode, links followed.
std::string fingerprint(const std::vector<std::filesystem::path>& files);

}  // namespace kordon::server
