#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>

#include "server/descriptor.hpp"
#include "server/server.hpp"

namespace kordon::server {

/// Loads the configuration again, in a thread of its own: when asked to, and when a file that it names has changed. The
/// new world is loaded and verified whole beside the one that serves; then it takes that one's place, or is refused.
/// Tokens and certificate are renewed before, whatever comes of the rest. Between reloads it simplifies shapes for
/// maps, so that no request waits while it is done.
class Reloader {
 public:
  /// Watches the files of the world that is served. Without inotify there is only `request`.
  Reloader(Server& server, std::filesystem::path config_file, WorldPointer world,
           world::LoadLayers load = world::load_layers);
  ~Reloader();
  Reloader(const Reloader&) = delete;
  Reloader& operator=(const Reloader&) = delete;

  /// Asks for a reload. From any thread.
  void request();

 private:
  void run();
  void wait_until_quiet();
  void reload();
  void simplify_shapes();
  [[nodiscard]] bool is_disturbed() const;

  Server& server_;
  std::filesystem::path config_file_;
  world::LoadLayers load_;
  config::Config loaded_;     ///< of the world that is served: its files are watched
  WorldPointer to_simplify_;  ///< none once that is done, so that it is not held
  Descriptor changes_;        ///< inotify
  std::string seen_;          ///< fingerprint of the files when they were last loaded
  Descriptor wake_;
  std::atomic<bool> requested_ = false;
  std::atomic<bool> ending_ = false;
  std::jthread thread_;
};

}  // namespace kordon::server
