#include "server/spool.hpp"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace kordon::server {
namespace {

constexpr std::uint64_t look_bytes = 16U << 20U;       // how often the disk's room is looked at
constexpr std::uint64_t give_back_bytes = 16U << 20U;  // what is given back at once
constexpr std::uint64_t least_free_share = 20;         // a twentieth of the disk is others'

}  // namespace

bool Spool::append(std::string_view bytes) {
  if (!open() || !leaves_room()) return false;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto written = pwrite(file_.get(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(end_ + at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<std::size_t>(written);
  }
  end_ += bytes.size();
  return true;
}

std::string Spool::take(std::size_t most_bytes) {
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(most_bytes, size())), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const auto got = pread(file_.get(), bytes.data() + at, bytes.size() - at, static_cast<off_t>(begin_ + at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw std::system_error(got < 0 ? errno : EIO, std::generic_category(), "spooled answer");
    at += static_cast<std::size_t>(got);
  }
  begin_ += bytes.size();
  if (begin_ == end_) {
    [[maybe_unused]] const int emptied = ftruncate(file_.get(), 0);
    begin_ = end_ = given_back_ = looked_at_ = 0;
  } else if (begin_ - given_back_ >= give_back_bytes) {
    fallocate(file_.get(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(given_back_),
              static_cast<off_t>(begin_ - given_back_));
    given_back_ = begin_;
  }
  return bytes;
}

bool Spool::open() {
  if (file_.is_open()) return true;
  file_ = Descriptor(::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file_.is_open()) return true;
  auto name = (folder_ / "kordon-spool-XXXXXX").string();  // where the file system has no files without a name
  file_ = Descriptor(mkostemp(name.data(), O_CLOEXEC));
  if (file_.is_open()) unlink(name.c_str());
  return file_.is_open();
}

bool Spool::leaves_room() const {
  if (end_ != 0 && end_ - looked_at_ < look_bytes) return true;
  struct statvfs disk{};
  return fstatvfs(file_.get(), &disk) == 0 && disk.f_bavail > disk.f_blocks / least_free_share;
}

}  // namespace kordon::server
