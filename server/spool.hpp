#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "server/descriptor.hpp"

namespace kordon::server {

/// A file without a name, for bytes that are read once, in the order in which they were written. It is gone with its
/// owner, however the process ends. Bytes that were read are given back to the disk.
class Spool {
 public:
  /// The file is made with the first `append`, in this folder, whose name must live as long.
  explicit Spool(const std::filesystem::path& folder) : folder_(folder) {}

  /// False where that cannot be done: no folder, no room. Nothing was written then.
  bool append(std::string_view bytes);
  /// The next bytes, at most so many. Throws std::system_error where the disk fails.
  std::string take(std::size_t most_bytes);

  /// Written and not yet taken.
  [[nodiscard]] std::uint64_t size() const { return end_ - begin_; }

 private:
  bool open();
  [[nodiscard]] bool leaves_room() const;

  const std::filesystem::path& folder_;
  Descriptor file_;
  std::uint64_t begin_ = 0;
  std::uint64_t end_ = 0;
  std::uint64_t given_back_ = 0;
  std::uint64_t looked_at_ = 0;  ///< where the disk's room was last looked at
};

}  // namespace kordon::server
