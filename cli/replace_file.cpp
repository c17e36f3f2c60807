#include "cli/replace_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kordon::cli {
namespace {

constexpr mode_t permissions = S_IRWXU | S_IRWXG | S_IRWXO;

/// Mode of a new file, as the user's umask has it.
mode_t default_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

}  // namespace

std::expected<void, std::string> fit_to_place(int file, const std::filesystem::path& place) {
  const auto fault = [&](const std::string& what) { return std::unexpected(place.string() + ": " + what); };
  struct stat made{};
  struct stat there{};
  if (fstat(file, &made) != 0) return fault(std::generic_category().message(errno));
  const bool exists = stat(place.c_str(), &there) == 0;
  if (exists && (made.st_uid != there.st_uid || made.st_gid != there.st_gid) &&
      fchown(file, there.st_uid, there.st_gid) != 0) {
    return fault("belongs to another user or group, and could not stay theirs; remove it, or name another file");
  }
  const mode_t mode = exists ? there.st_mode & permissions : default_mode();
  if (fchmod(file, mode) != 0) return fault(std::generic_category().message(errno));
  return {};
}

}  // namespace kordon::cli
