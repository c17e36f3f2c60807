#pragma once

#include <filesystem>

namespace kordon::config {

/// How many threads can run at a time: the processors that this process may run on, and no more than its control
/// group's quota of processor time (cpu.max of cgroup v2, cpu.cfs_quota_us of v1; of all groups above it, too), rounded
/// up. At least 1. `root` has proc/self/cgroup and sys/fs/cgroup below it.
unsigned usable_processors(const std::filesystem::path& root = "/");

}  // namespace kordon::config
