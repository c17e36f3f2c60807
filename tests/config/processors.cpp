#include "config/processors.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "tests/config/temp_dir.hpp"

namespace kordon::config::test {
namespace {

const unsigned all = std::max(1U, std::thread::hardware_concurrency());

void put(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

}  // namespace

TEST_CASE("without a control group all processors count") {
  const TempDir root;
  CHECK(usable_processors(root.path()) == all);
  put(root.path() / "proc/self/cgroup", "nonsense\n");
  CHECK(usable_processors(root.path()) == all);
}

TEST_CASE("the least quota of a group and those above it counts, rounded up") {
  const TempDir root;
  const auto groups = root.path() / "sys/fs/cgroup";
  put(root.path() / "proc/self/cgroup", "0::/kubepods/pod1/c\n");
  put(groups / "kubepods/pod1/c/cpu.max", "max 100000\n");
  CHECK(usable_processors(root.path()) == all);
  put(groups / "kubepods/pod1/cpu.max", "50000 100000\n");
  CHECK(usable_processors(root.path()) == 1);
  put(groups / "kubepods/pod1/cpu.max", "150000 100000\n");
  CHECK(usable_processors(root.path()) == std::min(all, 2U));
  put(groups / "kubepods/pod1/cpu.max", "99999900000 100000\n");
  CHECK(usable_processors(root.path()) == all);
}

TEST_CASE("a container that sees its group as the root has the quota there") {
  const TempDir root;
  put(root.path() / "proc/self/cgroup", "0::/\n");
  put(root.path() / "sys/fs/cgroup/cpu.max", "100000 100000\n");
  CHECK(usable_processors(root.path()) == 1);
}

TEST_CASE("quotas of cgroup v1 count, and of them only the processor's") {
  const TempDir root;
  const auto groups = root.path() / "sys/fs/cgroup";
  put(root.path() / "proc/self/cgroup", "5:memory:/a\n4:cpu,cpuacct:/a\n3:cpuset:/b\n");
  put(groups / "cpu/a/cpu.cfs_quota_us", "-1\n");
  put(groups / "cpu/a/cpu.cfs_period_us", "100000\n");
  CHECK(usable_processors(root.path()) == all);
  put(groups / "cpu/a/cpu.cfs_quota_us", "100000\n");
  CHECK(usable_processors(root.path()) == 1);
}

}  // namespace kordon::config::test
