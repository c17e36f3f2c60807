#pragma once

#include <cstddef>
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

inline constexpr std::size_t usual_piece_bytes = 5U << 19U;

/// A file, or standard input for `-`, in pieces of at most so many bytes.
std::expected<std::unique_ptr<Source>, std::string> open_file(const std::string& name,
                                                              std::size_t piece_bytes = usual_piece_bytes);

}  // namespace kordon::cli
