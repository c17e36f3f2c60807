#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace kordon::cli {

/// Where answers go. Destroyed without `commit`, it leaves nothing under the final name.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  /// The errors are one sentence: the disk is full, the pipe is closed.
  virtual std::expected<void, std::string> write(std::string_view text) = 0;
  virtual std::expected<void, std::string> commit() = 0;
};

/// A file, written under another name beside it and renamed by `commit`; standard output for `-`. What is no regular
/// file, such as a device or a named pipe, is written as it is.
std::expected<std::unique_ptr<Sink>, std::string> create_file(const std::string& name);

}  // namespace kordon::cli
