#include "cli/commands.hpp"

namespace kordon::cli {

std::filesystem::path default_config() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  auto installed = (program.parent_path() / "../share/kordon/config/kordon.json").lexically_normal();
  if (std::filesystem::exists(installed, ignored)) return installed;
  return KORDON_SOURCE_DIR "/config/kordon.json";
}

}  // namespace kordon::cli
