#pragma once

#include <span>
#include <vector>

namespace kordon::geo {

/// An array that does not change any more: it owns its values, or they lie in a mapped file that outlives it.
template <typename T>
class Frozen {
 public:
  Frozen() = default;
  explicit Frozen(std::vector<T> values) : own_(std::move(values)) {
    own_.shrink_to_fit();
    values_ = own_;
  }
  explicit Frozen(std::span<const T> mapped) : values_(mapped) {}
  Frozen(Frozen&&) noexcept = default;
  Frozen& operator=(Frozen&&) noexcept = default;
  Frozen(const Frozen&) = delete;
  Frozen& operator=(const Frozen&) = delete;
  ~Frozen() = default;

  [[nodiscard]] const T& operator[](std::size_t i) const { return values_[i]; }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }
  [[nodiscard]] std::span<const T> values() const { return values_; }

 private:
  std::vector<T> own_;
  std::span<const T> values_;
};

}  // namespace kordon::geo
