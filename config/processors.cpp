#include "config/processors.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <thread>

namespace kordon::config {
namespace {

constexpr double unlimited = std::numeric_limits<double>::infinity();

template <typename T>
std::optional<T> read(std::istream& in) {
  T value;
  return in >> value ? std::optional(value) : std::nullopt;
}

/// Processors that `cpu.max` grants, as "200000 100000" or "max 100000".
double quota_v2(const std::filesystem::path& folder) {
  std::ifstream in(folder / "cpu.max");
  const auto quota_us = read<double>(in);
  const auto period_us = read<double>(in);
  return quota_us && period_us && *period_us > 0 ? *quota_us / *period_us : unlimited;
}

double quota_v1(const std::filesystem::path& folder) {
  std::ifstream quota(folder / "cpu.cfs_quota_us");
  std::ifstream period(folder / "cpu.cfs_period_us");
  const auto quota_us = read<double>(quota);
  const auto period_us = read<double>(period);
  return quota_us && period_us && *quota_us > 0 && *period_us > 0 ? *quota_us / *period_us : unlimited;
}

/// The least quota of a group and those above it. A container sees its own as the root, so a path that is not there is
/// none.
double least_quota(const std::filesystem::path& mount, std::filesystem::path group, auto quota) {
  double least = quota(mount);
  for (group = group.relative_path(); !group.empty(); group = group.parent_path()) {
    least = std::min(least, quota(mount / group));
  }
  return least;
}

/// Of a list as `cpu,cpuacct`.
bool names_cpu(std::string_view controllers) {
  return std::ranges::any_of(std::views::split(controllers, ','),
                             [](const auto& name) { return std::string_view(name) == "cpu"; });
}

}  // namespace

unsigned usable_processors(const std::filesystem::path& root) {
  double granted = std::max(1U, std::thread::hardware_concurrency());
  std::ifstream groups(root / "proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {  // 4:cpu,cpuacct:/a/b or 0::/a/b
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == line.npos || second == line.npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    const auto group = line.substr(second + 1);
    const auto mounts = root / "sys/fs/cgroup";
    if (controllers.empty()) granted = std::min(granted, least_quota(mounts, group, quota_v2));
    if (names_cpu(controllers)) granted = std::min(granted, least_quota(mounts / "cpu", group, quota_v1));
  }
  return static_cast<unsigned>(std::max(1.0, std::ceil(granted)));
}

}  // namespace kordon::config
