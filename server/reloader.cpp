#include "server/reloader.hpp"

#include <malloc.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/resource.h>

#include <array>
#include <cstdint>

#include "server/log.hpp"
#include "server/watched_files.hpp"

namespace kordon::server {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds quiet_time{300};  // files that are copied together are loaded together
constexpr milliseconds forever{-1};
constexpr milliseconds farewell_time{1500};  // then no worker holds the old world, and its memory goes to the system
constexpr int quiet_waits = 20;              // but not put off for ever
constexpr int niceness = 10;                 // loading must not take the processor from requests

void empty(const Descriptor& descriptor) {
  std::array<char, 4096> bytes;
  while (read(descriptor.get(), bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace

Reloader::Reloader(Server& server, std::filesystem::path config_file, WorldPointer world, world::LoadLayers load)
    : server_(server),
      config_file_(std::move(config_file)),
      load_(std::move(load)),
      loaded_(world->config),
      to_simplify_(std::move(world)),
      changes_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  // Before anybody is told that the service is there, so that no change after that is missed.
  watch_folders(changes_, files_of(loaded_));
  seen_ = fingerprint(files_of(loaded_));
  thread_ = std::jthread([this] { run(); });
}

Reloader::~Reloader() {
  ending_ = true;
  request();
}

void Reloader::request() {
  requested_ = true;
  const std::uint64_t once = 1;
  [[maybe_unused]] const auto written = write(wake_.get(), &once, sizeof once);
}

void Reloader::run() {
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
  milliseconds patience = forever;
  while (!ending_) {
    simplify_shapes();
    std::array<pollfd, 2> ready{pollfd{wake_.get(), POLLIN, 0}, pollfd{changes_.get(), POLLIN, 0}};
    if (poll(ready.data(), ready.size(), static_cast<int>(patience.count())) == 0) malloc_trim(0);
    patience = forever;
    empty(wake_);
    if (ready[1].revents != 0) wait_until_quiet();
    const auto now = fingerprint(files_of(loaded_));
    if (ending_ || (!requested_.exchange(false) && now == seen_)) continue;
    seen_ = now;
    reload();
    watch_folders(changes_, files_of(loaded_));
    patience = farewell_time;
  }
}

/// From the coarsest on, which take the least; whatever else there is to do comes first.
void Reloader::simplify_shapes() {
  if (!to_simplify_) return;
  try {
    for (int level = cartography::level_count - 1; level >= 0; --level) {
      if (is_disturbed()) return;
      const auto kept_by_maps = to_simplify_->maps.shapes(cartography::offset_deg_of(level));
    }
  } catch (const std::exception& fault) {
    log_error("simplification_failed", fault.what());
  }
  to_simplify_ = nullptr;
  malloc_trim(0);
}

/// Not by whatever else happens in the folders that are watched.
bool Reloader::is_disturbed() const { return ending_ || requested_ || fingerprint(files_of(loaded_)) != seen_; }

void Reloader::wait_until_quiet() {
  for (int waits = 0; waits < quiet_waits && !ending_ && !requested_; ++waits) {
    empty(changes_);
    pollfd change{changes_.get(), POLLIN, 0};
    if (poll(&change, 1, static_cast<int>(quiet_time.count())) == 0) return;
  }
  empty(changes_);
}

void Reloader::reload() {
  try {
    server_.renew_credentials(loaded_.server.tokens);
    auto world = world::load_world(config_file_, world::Parts::service, load_);
    if (ending_) return;
    if (!world) return server_.refuse_world(world.error());
    if (!server_.serve_world(*world)) return;
    loaded_ = (*world)->config;
    to_simplify_ = std::move(*world);
  } catch (const std::exception& fault) {
    server_.refuse_world({{config_file_.string(), fault.what()}});
  }
}

}  // namespace kordon::server
