#include "server/watched_files.hpp"

#include <sys/inotify.h>
#include <sys/stat.h>

#include <set>

namespace kordon::server {
namespace {

constexpr unsigned what = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_ONLYDIR;

/// Those beside it with the same stem: `countries.shp`, `countries.dbf`.
void add_companions(std::vector<std::filesystem::path>& files, const std::filesystem::path& file) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), error)) {
    if (entry.path().stem() == file.stem()) files.push_back(entry.path());
  }
}

}  // namespace

std::vector<std::filesystem::path> files_of(const config::Config& config) {
  std::vector<std::filesystem::path> files{config.file};
  for (const auto& layer : config.layers) add_companions(files, layer.file);
  files.insert(files.end(), config.policies.begin(), config.policies.end());
  const auto& server = config.server;
  if (!server.tokens.empty()) files.push_back(server.tokens);
  if (server.tls) files.insert(files.end(), {server.tls->certificate, server.tls->key});
  return files;
}

void watch_folders(const Descriptor& inotify, const std::vector<std::filesystem::path>& files) {
  std::set<std::filesystem::path> folders;
  for (const auto& file : files) folders.insert(std::filesystem::absolute(file).parent_path());
  for (const auto& folder : folders) inotify_add_watch(inotify.get(), folder.c_str(), what);
}

std::string fingerprint(const std::vector<std::filesystem::path>& files) {
  std::string text;
  for (const auto& file : files) {
    struct stat state{};
    const bool there = stat(file.c_str(), &state) == 0;
    text += file.string() + '\0';
    if (!there) continue;
    for (const long long number :
         {static_cast<long long>(state.st_size), static_cast<long long>(state.st_ino),
          static_cast<long long>(state.st_mtim.tv_sec), static_cast<long long>(state.st_mtim.tv_nsec)}) {
      text += std::to_string(number) + ' ';
    }
  }
  return text;
}

}  // namespace kordon::server
