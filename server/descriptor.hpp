#pragma once

#include <unistd.h>

#include <utility>

namespace kordon::server {

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { reset(); }

  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  /// Gives the descriptor up, for callers that check its `close`.
  [[nodiscard]] int release() { return std::exchange(number_, -1); }
  void reset() {
    if (is_open()) ::close(release());
  }

 private:
  int number_ = -1;
};

}  // namespace kordon::server
