#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>

namespace kordon::cli {

/// Where a batch comes from.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;

  /// Sets `piece` to the next bytes, as soon as there are any; empty at the end, or when interrupted. The error is one
  /// sentence.
  virtual std::expected<void, std::string> read(std::string& piece) = 0;

  /// 0 to 1, or nothing where nobody knows how much there is.
  [[nodiscard]] virtual std::optional<double> share_read() const = 0;
};

/// A file, or standard input for `-`.
std::expected<std::unique_ptr<Source>, std::string> open_file(const std::string& name);

}  // namespace kordon::cli
